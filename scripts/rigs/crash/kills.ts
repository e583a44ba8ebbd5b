/**
 * Kills: a doorbell that dies again and again at the n-th system call of one of its processes, and what it lost.
 *
 * One data folder lives through all of it. Each cut: start under strace, live until the process dies, SIGKILL the
 * others, start the real `sill run`, ask for everything that was ever acknowledged.
 */
import { join } from "node:path";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { freePort, startDaemon, type Daemon, type ProcessName } from "../daemon.ts";
import { pairFolder } from "../paired.ts";
import { getJson, human, signIn } from "../person.ts";
import type { Clip, Event } from "../../../daemon/wire/api.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { smallPicture, startHouse } from "./house.ts";
import { killAt, type CallName } from "./injection.ts";
import { live } from "./life.ts";
import { recordedUntil } from "./lost-video.ts";
import { allEvents, ask, inspect } from "./verdict.ts";
import { Witness } from "./witness.ts";

export interface Kill {
  readonly process: ProcessName;
  readonly call: CallName;
  /** The call at which it dies. */
  readonly number: number;
}

export interface KillResult {
  readonly kill: Kill;
  /** False: it lived for `mostMs` without so many calls, and everything was killed then. */
  readonly reached: boolean;
  readonly problems: readonly string[];
  /** Seen and not on the disk; null = nothing was being recorded. */
  readonly lostVideoMs: number | null;
  /** Told to the page and gone, and the longest time between the telling and the death. */
  readonly unsaved: { readonly events: number; readonly longestMs: number };
  /** From the start of `sill run` to the first frame of the next recording; null = not asked. */
  readonly restartMs: number | null;
}

export interface KillsOptions {
  readonly data: string;
  /** Where strace writes. */
  readonly logs: string;
  /** A life that does not reach its end ends then. */
  readonly mostMs?: number;
  /** After every so many cuts the house is started unharmed and asked; the last one always. */
  readonly askEvery?: number;
}

/** On a small disk nothing is evicted for want of free room. */
export const doorFlags = [
  ...smallPicture,
  "--storage.minFreeMb=16",
  "--sim.visitorsPerHour=0",
  "--button.cooldownMs=0",
  "--log.level=warn",
];
const recordingMs = 20_000;

export async function* runKills(kills: readonly Kill[], options: KillsOptions): AsyncGenerator<KillResult> {
  const { data, logs, mostMs = 12_000, askEvery = 1 } = options;
  const { device } = await pairFolder(data);
  const port = await freePort();
  const witness = new Witness();
  const path = dataPaths(data);
  for (const [at, kill] of kills.entries()) {
    const log = join(logs, `${at}.strace`);
    const injections = { [kill.process]: killAt(kill.call, kill.number, log) };
    await using house = await startHouse({ data, port, flags: doorFlags, injections });
    const until = Promise.race([house.died, sleep(mostMs).then(() => null)]);
    const policies = at % 2 === 0;
    if (await house.listening) {
      const owner = await signIn(house.url, human(1)).catch(() => null);
      if (owner !== null) await live({ owner, device, witness, until, policies });
    }
    const died = await until;
    await house.kill();
    const diedWallMs = died?.wallMs ?? Date.now();
    const reached = died !== null;
    const { recording } = witness;
    witness.recording = null;
    const isFresh = recording !== null && diedWallMs - recording.wallMs < 1_500 && !policies;
    const lastWallMs = isFresh ? await recordedUntil(path.root, recording.clip) : null;
    const lostVideoMs = lastWallMs === null ? null : diedWallMs - lastWallMs;
    const unexpected =
      died !== null && died.name !== kill.process ? [`${died.name} died: ${house.output()}`] : [];
    const isAsked = (at + 1) % askEvery === 0 || at === kills.length - 1;
    const asked = isAsked ? await askAgain({ data, port, device, witness }) : notAsked;
    const problems = [...unexpected, ...asked.problems, ...(isAsked ? await inspect(data, witness) : [])];
    const unsaved = unsavedOf(witness, asked.events, diedWallMs);
    yield { kill, reached, lostVideoMs, ...asked, problems, unsaved };
  }
}

interface Asked {
  readonly problems: readonly string[];
  readonly restartMs: number | null;
  /** Null = not asked. */
  readonly events: ReadonlySet<string> | null;
}
export const notAsked: Asked = { problems: [], restartMs: null, events: null };

export async function askAgain(at: {
  data: string;
  port: number;
  device: string;
  witness: Witness;
}): Promise<Asked> {
  const { data, port, device, witness } = at;
  const startedWallMs = Date.now();
  const daemon = await startDaemon({ data, flags: [...doorFlags, `--web.port=${port}`] });
  try {
    const restartMs = (await firstRecorded(daemon)) - startedWallMs;
    const problems = await ask(daemon.owner, device, witness);
    const events = new Set((await allEvents(daemon.owner)).keys());
    return { problems, restartMs, events };
  } finally {
    await daemon.stop();
  }
}

/** Rings, and answers the wall time of the first frame of the recording of it. */
async function firstRecorded(daemon: Daemon): Promise<number> {
  const before = Date.now();
  await daemon.fetch("/api/sim/press", { method: "POST" });
  while (Date.now() < before + recordingMs) {
    const { events } = await getJson<{ events: Event[] }>(daemon, "/api/events?limit=5");
    const clip = events.find(({ startWallMs }) => startWallMs >= before - 50)?.clip;
    const answer = clip == null ? null : await daemon.fetch(`/api/clips/${clip}`);
    if (answer?.ok) return ((await answer.json()) as Clip).startWallMs; // 404: its row is still to come
    await sleep(50);
  }
  return Number.NaN;
}

/** Told and never acknowledged is no loss that was promised not to be; it is counted. */
export function unsavedOf(
  { told, events, deleted }: Witness,
  there: ReadonlySet<string> | null,
  diedWallMs: number,
): KillResult["unsaved"] {
  if (there === null) return { events: 0, longestMs: 0 };
  const gone = [...told].filter(([id]) => !there.has(id) && !events.has(id) && !deleted.has(id));
  for (const [id] of gone) told.delete(id);
  return {
    events: gone.length,
    longestMs: Math.max(0, ...gone.map(([, toldWallMs]) => diedWallMs - toldWallMs)),
  };
}
