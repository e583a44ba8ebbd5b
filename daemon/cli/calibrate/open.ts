/**
 * Open: what a data folder knows about the motion of the past; read-only, with the doorbell running or not.
 */
import { existsSync } from "node:fs";
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type { PastEvent } from "../../calibration/past.ts";
import { readTracks } from "../../calibration/read.ts";
import type { Tracks } from "../../calibration/tracks.ts";
import { HeldDays, type Held } from "../../keeper/calibration/held.ts";
import { pastEvents } from "../../keeper/calibration/past-events.ts";
import { readZones } from "../../keeper/zones-file.ts";
import type { JournalSpan } from "../../sight/journal/records.ts";
import type { Zones } from "../../wire/api-household.ts";
import { dataPaths } from "../../wire/paths.ts";
import type { Call } from "../command.ts";
import { openIndex } from "../open-index.ts";
import { ProgressBar } from "../../eye/replay/words.ts";
import { whenOf } from "./when.ts";

export interface Past {
  readonly held: Held & { readonly span: JournalSpan };
  readonly tracks: Tracks;
  /** As drawn on the page, else as the settings say. */
  readonly drawn: Zones;
  readonly settings: Settings;
  /** Of the time that was asked about; none without an index. */
  readonly events: readonly PastEvent[];
}

/** Throws Fault `not-found` when there is no journal. */
export async function openPast(call: Call): Promise<Past> {
  const { settings } = call.settings();
  const paths = dataPaths(settings.data);
  const held = await new HeldDays().look(paths.motion);
  if (held.span === null) {
    throw new Fault("not-found", `no motion journal in the data folder ${settings.data}`, {
      hint:
        settings.motion.journalDays === 0
          ? "motion.journalDays is 0: none is kept"
          : "sill run   (writes one; --data FOLDER looks elsewhere)",
    });
  }
  const span = whenOf(call, held.span, held.span.toWallMs);
  const drawn = await readZones(paths.zones, settings.motion);
  const tracks = await read(call, { folder: paths.motion, settings, drawn, span });
  const events = existsSync(paths.database) ? eventsIn(settings, span) : [];
  return { held: { ...held, span: held.span }, tracks, drawn, settings, events };
}

function eventsIn(settings: Settings, span: JournalSpan): PastEvent[] {
  using index = openIndex(settings);
  return pastEvents(index.reader, span);
}

interface Reading {
  readonly folder: string;
  readonly settings: Settings;
  readonly drawn: Zones;
  readonly span: JournalSpan;
}

async function read({ terminal }: Call, { folder, settings, drawn, span }: Reading): Promise<Tracks> {
  const { postRollMs, cooldownMs, maxClipMs } = settings.recording;
  const bar = terminal.progress === null ? null : new ProgressBar("motion journal", terminal.progress);
  const areas = drawn.zones.map(({ name, polygon }) => ({ name, polygon }));
  const timing = {
    postRollUs: postRollMs * 1_000,
    cooldownUs: cooldownMs * 1_000,
    maxClipUs: maxClipMs * 1_000,
  };
  const progress = (wallMs: number): void => {
    const doneFrac = (wallMs - span.fromWallMs) / Math.max(1, span.toWallMs - span.fromWallMs);
    bar?.show(Math.max(0, Math.min(1, doneFrac)));
  };
  try {
    return await readTracks(
      folder,
      { areas, span, timing, pirWindowMs: settings.motion.pirWindowMs },
      { progress },
    );
  } finally {
    bar?.clear();
  }
}
