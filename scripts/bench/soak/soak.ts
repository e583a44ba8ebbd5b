/**
 * Soak: a day of houses at three times the event rate they are made for, in minutes; and what an idle day writes.
 *
 * Real processes in the guest's simulated time, where waiting takes no time and nothing is ever late; and, before that,
 * a minute in real time for what such a day cannot show. README.md says what is measured how, and why.
 */
import type { Asked } from "../asked.ts";
import { figure, type Figure } from "../figure.ts";
import { busyFigures, idleFigures } from "./figures.ts";
import { liveInGuest, type Lived } from "./guest-house.ts";
import { porchMinute } from "./porch-minute.ts";
import type { HouseSample } from "./sample.ts";

/** With them come about 125 events an hour, 3,000 a day: three times the 1,000 a day that Sill is made for. */
const visitorsPerHour = 45;
const hourMs = 3_600_000;
/** All of it together. What does not fit is not lived, and the figures say so. */
const wallMs = 570_000;
/** A house that has less than this would hardly have booted. */
const leastS = 90;
/** `--long`: a house that lives for the whole day takes as long as it takes. */
const longWallMs = 4 * hourMs;

type Note = (line: string) => void;

export async function benchSoak(note: Note, { long = false }: Asked): Promise<Figure[]> {
  const startMs = performance.now();
  const leftS = (): number =>
    Math.max(1, Math.floor((startMs + (long ? longWallMs : wallMs) - performance.now()) / 1_000));
  note("  a busy minute in real time");
  const minute = await porchMinute();
  note("  busy hours and an idle one in simulated time");
  const retentionHours = long ? 6 : 2;
  const busy = (hours: number, core: number): Promise<Lived> =>
    busyHours({ hours, core, retentionHours, wallS: leftS(), note });
  const [first, [idle, ...others]] = await Promise.all([
    busy(long ? 24 : 14, 0),
    idleThen(leftS(), async () => (long || leftS() < leastS ? [] : [await busy(10, 1)])),
  ]);
  const houses = [first, ...others];
  for (const { end } of [...houses, idle]) {
    note(`  ended with ${end.exitCode}; ${end.log.length} lines at warn or worse`);
    for (const line of end.log.slice(0, 40)) note(`    ${line}`);
  }
  return [
    ...busyFigures(houses, (retentionHours + 1) * hourMs),
    ...idleFigures(idle, hourMs / 12),
    ...minute,
    figure("soak.wall.s", (performance.now() - startMs) / 1_000, { unit: "s", goal: 600 }),
  ];
}

interface Busy {
  readonly hours: number;
  readonly core: number;
  readonly retentionHours: number;
  readonly wallS: number;
  readonly note: Note;
}

async function busyHours({ hours, core, retentionHours, wallS, note }: Busy): Promise<Lived> {
  const onSample = ({ monoMs, processes, rings, motions }: HouseSample): void => {
    const rss = Object.values(processes).map(({ rssBytes }) => Math.round(rssBytes / 1_048_576));
    const hour = (monoMs / hourMs).toFixed(1);
    note(`  house ${core}, ${hour} h: ${rings} rings, ${motions} motions, RSS ${rss.join(" + ")} MB`);
  };
  const flags = [
    "--camera.fps=1",
    `--sim.visitorsPerHour=${visitorsPerHour}`,
    `--sim.seed=${core + 1}`,
    `--storage.retentionHours=${retentionHours}`,
    "--recording.bitrateKbps=100",
  ];
  const watched = [0, 4, 8, 12, 16, 20].map((hour) => [hour * 60 + 60, hour * 60 + 80] as const);
  return liveInGuest(
    { minutes: hours * 60, sampleMinutes: 20, diskMb: 1_024, flags, watched },
    { core, memoryMb: 2_560, wallS, onSample },
  );
}

/** At the usual frame rate; motion is looked for and kept in the journal, and nothing is an event. */
async function idleThen(
  wallS: number,
  next: () => Promise<readonly Lived[]>,
): Promise<readonly [Lived, ...Lived[]]> {
  const flags = ["--sim.visitorsPerHour=0", "--motion.sensitivity=0"];
  const idle = await liveInGuest(
    { minutes: 25, sampleMinutes: 5, diskMb: 256, flags, watched: [] },
    { core: 1, memoryMb: 1_536, wallS, onSample: () => {} },
  );
  return [idle, ...(await next())];
}
