/**
 * Remove events: one or many, and the clips that show nothing else, in one go, or what that would come to.
 *
 * What cannot go stays and is named. One journal line for each, durable before the first file goes; a crash in
 * between is finished by the next start (reconcile.ts), and the same call again finds the rest gone.
 */
import { Fault } from "../../../hal/fault.ts";
import { noteJournals, record, type Access } from "./access.ts";
import { deleteClips } from "./deletion.ts";
import type { JournalLine } from "./journal.ts";

export interface Removal {
  /** Clips that must stay for now. */
  readonly held?: ReadonlySet<string>;
  /** Nothing goes; the answer is what would. */
  readonly dry?: boolean;
}

/** recording: it goes on; held: something that an owner signed still needs its recording. */
export const keptReasons = ["gone", "recording", "held"] as const;

export interface Kept {
  readonly id: string;
  readonly why: (typeof keptReasons)[number];
}

export interface RemovedMany {
  readonly events: readonly string[];
  readonly clips: readonly string[];
  readonly bytes: number;
  readonly kept: readonly Kept[];
}

export interface Removed {
  readonly clips: readonly string[];
}

interface Going {
  readonly id: string;
  readonly startWallMs: number;
  readonly clips: readonly string[];
}

export function removeEvents(
  access: Access,
  ids: readonly string[],
  { held = new Set(), dry = false }: Removal = {},
): RemovedMany {
  const { database, journal, writer } = access;
  const find = database.prepare("SELECT state, start_wall_ms FROM events WHERE id = ?");
  const shownBy = database.prepare(
    `SELECT clips.id AS id, clips.state AS state FROM clip_events
     JOIN clips ON clips.id = clip_events.clip WHERE clip_events.event = ?`,
  );
  const kept: Kept[] = [];
  const going: Going[] = [];
  for (const id of new Set(ids)) {
    const event = find.get(id);
    const clips = shownBy.all(id);
    const own = clips.map((clip) => String(clip.id));
    if (event === undefined) kept.push({ id, why: "gone" });
    else if (event.state === "open" || clips.some(({ state }) => state === "recording"))
      kept.push({ id, why: "recording" });
    else if (own.some((clip) => held.has(clip))) kept.push({ id, why: "held" });
    else going.push({ id, startWallMs: Number(event.start_wall_ms), clips: own });
  }
  const clips = bereftClips(access, going);
  const weigh = database.prepare("SELECT bytes FROM clips WHERE id = ?");
  const bytes = clips.reduce((sum, id) => sum + Number(weigh.get(id)?.bytes ?? 0), 0);
  const events = going.map(({ id }) => id);
  if (!dry && going.length > 0) {
    const lines = going.map(({ id, startWallMs }): JournalLine => ({ change: "deleted", id, startWallMs }));
    const sizes = record(journal, lines);
    deleteClips(access, clips, () => {
      for (const { id, startWallMs } of going) writer.deleteEvent(id, startWallMs);
      noteJournals(writer, sizes);
    });
  }
  return { events, clips, bytes, kept };
}

/** Clips that show nothing but what goes. */
function bereftClips({ database }: Access, going: readonly Going[]): string[] {
  const shows = database.prepare(
    `SELECT clip_events.event AS event FROM clip_events JOIN events ON events.id = clip_events.event
     WHERE clip_events.clip = ?`,
  );
  const leaving = new Set(going.map(({ id }) => id));
  return [...new Set(going.flatMap(({ clips }) => clips))].filter((clip) =>
    shows.all(clip).every(({ event }) => leaving.has(String(event))),
  );
}

/** Deletes an event and the clips that show nothing else. Throws Fault `not-found`, `unavailable`. */
export function removeEvent(access: Access, id: string): Removed {
  const { clips, kept } = removeEvents(access, [id]);
  const [why] = kept;
  if (why?.why === "gone") throw new Fault("not-found", `no event ${id}`);
  if (why !== undefined)
    throw new Fault("unavailable", `event ${id} is being recorded`, { hint: "delete it when it has ended" });
  return { clips };
}
