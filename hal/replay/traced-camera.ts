/**
 * Traced camera: frames that come exactly when those of a recorded camera came, out of a hardware trace.
 *
 * Stalls, failures, dropped frames and jitter are those of the trace, at its times, which count from an epoch that the
 * replay of button and PIR shares. The picture is a plain one of the recorded size: there is none in a trace. Opened
 * while the recorded camera was away, it waits for its return, some seconds at a time. A reader that is slower than
 * the recorded one loses frames as with any live camera. In a loop the next round goes on without a seam.
 */
import type { Camera, CameraDriver, CameraInfo } from "../camera.ts";
import { Fault, toFault } from "../fault.ts";
import type { RawFrame } from "../frame.ts";
import type { Clock } from "../sensors.ts";
import type { CameraPlan, Ending, Showing } from "./camera-plan.ts";
import { plainPicture } from "./plain-picture.ts";
import { clockPace, leapPace, momentMs, type TracePace } from "./trace-pace.ts";

export interface TracedCameraOptions {
  /** For people: the file's name. */
  readonly name: string;
  /** Asked once, at the first opening (readCameraPlan). */
  readonly plan: () => Promise<CameraPlan>;
  readonly loop: boolean;
  /** fast = nothing is waited for, the same on every run. */
  readonly pace: "real" | "fast";
  readonly clock: Clock;
  /** Wall time of the trace's beginning; default: the first opening. */
  readonly epochWallMs?: number | undefined;
  /** A larger picture is refused. */
  readonly maxFramePx?: number;
}

/** Frames that wait for a slow reader before the oldest is dropped. */
const queueFrames = 3;
/** How long an opening waits for a camera that is away: less than the time after which the eye counts as dead. */
const patienceMs = 20_000;
/** Who was refused asks again after at most 10 s: one whose camera returns within that is not refused. */
const askedAgainMs = 15_000;
const defaultMaxFramePx = 3_840 * 2_160;

/** A place in the trace: which showing, in which round of a loop. */
interface Place {
  readonly round: number;
  readonly showing: Showing;
}

export function tracedCamera(options: TracedCameraOptions): CameraDriver {
  const { name, loop, clock, pace, epochWallMs = clock.wallMs() } = options;
  const time = pace === "fast" ? leapPace() : clockPace(clock, epochWallMs);
  let loaded: Promise<CameraPlan> | null = null;
  return {
    async open(signal) {
      if (signal?.aborted === true) throw cancelled();
      loaded ??= options.plan();
      const plan = await loaded.catch((error: unknown) => {
        loaded = null; // the file may be there the next time
        throw error;
      });
      const askedMs = time.nowMs();
      const place = placeAt(plan, loop, askedMs) ?? lastOf(plan);
      checkSize(place.showing, options.maxFramePx ?? defaultMaxFramePx);
      await arrival(place, plan, time, signal);
      const live = pace === "real";
      return new TracedCamera(place, askedMs, { plan, loop, time, live, name });
    },
  };
}

function checkSize({ width, height }: Showing, maxFramePx: number): void {
  if (width * height <= maxFramePx) return;
  throw new Fault("exhausted", `picture size ${width}x${height} is larger than ${maxFramePx} pixels`, {
    hint: "this trace was not recorded by Sill",
  });
}

/** The one that is open then or comes next; null = the trace is over. */
function placeAt({ showings, durationMs }: CameraPlan, loop: boolean, nowMs: number): Place | null {
  const round = loop ? Math.max(0, Math.floor(nowMs / durationMs)) : 0;
  const intoMs = nowMs - round * durationMs;
  const showing = showings.find(({ end }) => (end?.atMs ?? durationMs) > intoMs + momentMs);
  if (showing !== undefined) return { round, showing };
  const [first] = showings;
  return loop && first !== undefined ? { round: round + 1, showing: first } : null;
}

function lastOf({ showings }: CameraPlan): Place {
  return { round: 0, showing: showings.at(-1) as Showing };
}

/** Resolves when the recorded camera was there. */
async function arrival(
  { round, showing }: Place,
  { durationMs }: CameraPlan,
  time: TracePace,
  signal: AbortSignal | undefined,
): Promise<void> {
  const dueMs = round * durationMs + showing.fromMs;
  const awayMs = dueMs - time.nowMs();
  const isLong = awayMs > patienceMs + askedAgainMs;
  await time.until(isLong ? dueMs - awayMs + patienceMs : dueMs, signal);
  if (signal?.aborted === true) throw cancelled();
  if (!isLong) return;
  throw new Fault("unavailable", "the camera was away here when the trace was recorded", {
    hint: `it returns ${Math.round((awayMs - patienceMs) / 1_000)} s from now`,
  });
}

function cancelled(): Fault {
  return new Fault("cancelled", "opening the camera was called off");
}

const endings: Readonly<Record<Ending, readonly ["timeout" | "unavailable", string]>> = {
  stalled: ["timeout", "the camera stalled here when the trace was recorded"],
  failed: ["unavailable", "the camera failed here when the trace was recorded"],
  asleep: ["unavailable", "the camera slept from here on when the trace was recorded"],
  lost: ["unavailable", "the camera was opened anew here when the trace was recorded"],
};

interface Running {
  readonly plan: CameraPlan;
  readonly loop: boolean;
  readonly time: TracePace;
  readonly live: boolean;
  readonly name: string;
}

class TracedCamera implements Camera {
  readonly info: CameraInfo;
  readonly #running: Running;
  readonly #picture: ReturnType<typeof plainPicture>;
  readonly #closed = new AbortController();
  #place: Place;
  #next: number;
  #given = 0;
  #late = 0;
  /** What a loop adds to the trace's own numbers, so that they go on. */
  #shift = { ptsUs: 0, sequence: 0, dropped: 0 };
  #last: { readonly ptsUs: number; readonly sequence: number; readonly dropped: number } | null = null;
  #broken: Fault | null = null;

  /** Frames from before `askedMs` were missed. */
  constructor(place: Place, askedMs: number, running: Running) {
    const { plan, loop, live, name } = running;
    const { width, height, fps } = place.showing;
    this.#running = running;
    this.#place = place;
    this.#picture = plainPicture({ width, height });
    const intoMs = askedMs - place.round * plan.durationMs;
    const next = place.showing.frames.findIndex(({ atMs }) => atMs >= intoMs);
    this.#next = next === -1 ? place.showing.frames.length : next;
    const durationMs = loop ? {} : { durationMs: plan.durationMs };
    this.info = { name: `timings of ${name}`, width, height, fps, live, ...durationMs };
  }

  get counters() {
    const framesDropped = (this.#last?.dropped ?? 0) + this.#late;
    return { framesIn: this.#given + framesDropped, framesDropped };
  }

  async read(): Promise<RawFrame | null> {
    if (this.#broken !== null) throw this.#broken;
    try {
      return await this.#read();
    } catch (error) {
      this.#broken = toFault(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #read(): Promise<RawFrame | null> {
    for (;;) {
      if (this.#closed.signal.aborted) return null;
      this.#dropLate();
      const { frames, end } = this.#place.showing;
      const frame = frames[this.#next];
      const { durationMs } = this.#running.plan;
      await this.#until(frame?.atMs ?? end?.atMs ?? durationMs);
      if (this.#closed.signal.aborted) return null;
      if (frame !== undefined) {
        this.#next += 1;
        this.#given += 1;
        const { ptsUs, sequence, dropped } = this.#shift;
        this.#last = {
          ptsUs: frame.ptsUs + ptsUs,
          sequence: frame.sequence + sequence,
          dropped: frame.dropped + dropped,
        };
        return { ...this.#picture, ptsUs: this.#last.ptsUs, sequence: this.#last.sequence };
      }
      if (end !== null) throw endingOf(end.how);
      if (!this.#running.loop) return null;
      this.#beginAnew();
    }
  }

  /** Of the frames that have come by now only the newest few are still there. */
  #dropLate(): void {
    const { frames } = this.#place.showing;
    const intoMs = this.#running.time.nowMs() - this.#place.round * this.#running.plan.durationMs;
    for (;;) {
      const later = frames[this.#next + queueFrames];
      if (later === undefined || later.atMs > intoMs) return;
      this.#next += 1;
      this.#late += 1;
    }
  }

  #until(atMs: number): Promise<void> {
    const { time, plan } = this.#running;
    return time.until(this.#place.round * plan.durationMs + atMs, this.#closed.signal);
  }

  /** The trace is over and begins again: numbers go on from the last frame. */
  #beginAnew(): void {
    const [showing] = this.#running.plan.showings;
    if (showing === undefined) throw endingOf("lost");
    const { width, height } = this.info;
    if (showing.width !== width || showing.height !== height)
      throw new Fault(
        "unavailable",
        `the camera changed from ${width}x${height} to ${showing.width}x${showing.height}`,
      );
    const [first] = showing.frames;
    if (this.#last !== null && first !== undefined) {
      const gapUs = Math.round(1e6 / Math.max(1, this.info.fps));
      this.#shift = {
        ptsUs: this.#last.ptsUs + gapUs - first.ptsUs,
        sequence: this.#last.sequence + 1 - first.sequence,
        dropped: this.#last.dropped - first.dropped,
      };
    }
    this.#place = { round: this.#place.round + 1, showing };
    this.#next = 0;
  }
}

function endingOf(how: Ending): Fault {
  const [kind, words] = endings[how];
  return new Fault(kind, words, { hint: "it is opened again, as it was then" });
}
