/**
 * Simulated camera: the porch as a CameraDriver.
 *
 * Frame n is the picture of porch time n * 1000 / fps, ptsUs is that time, and `sequence` counts
 * from the first frame of this opening. pace real: frames become due by the Clock, an opening
 * joins at the current porch time, and of frames that wait more than `queueFrames` the oldest
 * are dropped and counted. pace fast: starts at porch time 0 and goes as fast as it is read.
 * Pictures are drawn when they are read, on the reader's thread, into one buffer that is lent.
 *
 * Faults are for tests of those who use cameras: at a porch time the source stalls (read
 * rejects with timeout after stallMs), is lost (unavailable; opening again fails for `forMs`) or
 * changes size (unavailable naming both; the next opening has the new size). Each strikes once.
 * `fault` (fault/list.ts) is a camera that is broken all the time.
 */
import type { Camera, CameraCounters, CameraDriver, CameraInfo } from "../camera.ts";
import { Fault } from "../fault.ts";
import type { RawFrame } from "../frame.ts";
import type { Clock } from "../sensors.ts";
import { isPictureFault, type SimFault } from "./fault/list.ts";
import { lateness, nextBeat } from "./fault/pace.ts";
import { paintFault } from "./fault/picture.ts";
import { type Picture, newPicture } from "./picture.ts";
import { createPorch, type Porch } from "./porch/porch.ts";
import type { PorchSettings } from "./porch/settings.ts";

export interface SimCameraFault {
  /** Porch time. */
  readonly atMs: number;
  readonly kind: "stall" | "lost" | "resize";
  /** lost: how long opening fails; default 0. */
  readonly forMs?: number;
  /** resize: the size from then on; default half of the old one. */
  readonly width?: number;
  readonly height?: number;
}

export interface SimCameraOptions extends PorchSettings {
  readonly clock: Clock;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly pace?: "real" | "fast";
  /** Wall time of porch time 0; default: the moment of the first opening. */
  readonly epochWallMs?: number;
  /** A finite source: ends after frame number `frames` - 1 of the porch. */
  readonly frames?: number;
  readonly stallMs?: number;
  /** A larger picture is refused. */
  readonly maxFramePx?: number;
  readonly faults?: readonly SimCameraFault[];
  readonly fault?: SimFault;
}

/** Frames that wait for a slow reader before the oldest is dropped. */
const queueFrames = 3;
const defaultMaxFramePx = 3840 * 2160;

/** Part of the asked size that a camera with `small` has. */
const smallPart = 2;

interface Source {
  readonly options: SimCameraOptions;
  readonly fps: number;
  readonly real: boolean;
  /** Porch time by this source's clock. */
  nowMs(): number;
  /** The fault due by a porch time, which then counts as struck. */
  strike(tMs: number): SimCameraFault | null;
}

export function simCamera(options: SimCameraOptions): CameraDriver {
  const { clock } = options;
  const fps = options.fps ?? 15;
  const { width: wide = 1280, height: high = 720, fault: broken } = options;
  let width = broken === "small" ? Math.floor(wide / smallPart) : wide;
  let height = broken === "small" ? Math.floor(high / smallPart) : high;
  let epochWallMs = options.epochWallMs;
  let awayUntilMs = Number.NEGATIVE_INFINITY;
  const waiting = [...(options.faults ?? [])].sort((a, b) => a.atMs - b.atMs);
  let porch: Porch | null = null;

  return {
    async open(signal) {
      if (signal?.aborted === true) throw new Fault("cancelled", "opening the camera was cancelled");
      check(width, height, fps, options.maxFramePx ?? defaultMaxFramePx);
      epochWallMs ??= clock.wallMs();
      const real = options.pace !== "fast";
      // One look at the wall clock per opening: later wall corrections must not move the porch.
      const openedPorchMs = real ? clock.wallMs() - epochWallMs : 0;
      if (openedPorchMs < awayUntilMs || broken === "unplugged") {
        throw new Fault("unavailable", "the simulated camera is unplugged", {
          hint: "wait until it is back",
        });
      }
      const openedMonoMs = clock.monoMs();
      if (porch === null || porch.width !== width || porch.height !== height) {
        porch = createPorch(options, { width, height });
      }
      const source: Source = {
        options,
        fps,
        real,
        nowMs: () => openedPorchMs + clock.monoMs() - openedMonoMs,
        strike(tMs) {
          const due = waiting[0];
          if (due === undefined || due.atMs > tMs) return null;
          waiting.shift();
          if (due.kind === "lost") awayUntilMs = due.atMs + (due.forMs ?? 0);
          if (due.kind === "resize") {
            width = due.width ?? Math.max(16, Math.floor(width / 2));
            height = due.height ?? Math.max(16, Math.floor(height / 2));
          }
          return due;
        },
      };
      return new SimCamera(source, porch, epochWallMs);
    },
  };
}

function check(width: number, height: number, fps: number, maxFramePx: number): void {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width >= 16 && height >= 16;
  if (!whole) throw new Fault("invalid", `picture size ${width}x${height} is not allowed; at least 16x16`);
  if (!(fps > 0 && fps <= 240)) throw new Fault("invalid", `${fps} frames per second; allowed: up to 240`);
  if (width * height > maxFramePx) {
    throw new Fault("exhausted", `picture size ${width}x${height} is larger than ${maxFramePx} pixels`, {
      hint: "choose a smaller camera.width and camera.height",
    });
  }
}

class SimCamera implements Camera {
  readonly info: CameraInfo;
  readonly #source: Source;
  readonly #porch: Porch;
  readonly #epochWallMs: number;
  readonly #picture: Picture;
  readonly #counters = { framesIn: 0, framesDropped: 0 };
  readonly #firstIndex: number;
  #nextIndex: number;
  #closed = false;
  #broken: Fault | null = null;
  #reading = false;
  #wake: (() => void) | null = null;

  constructor(source: Source, porch: Porch, epochWallMs: number) {
    const { options, fps, real } = source;
    this.#source = source;
    this.#porch = porch;
    this.#epochWallMs = epochWallMs;
    this.#picture = newPicture(porch);
    this.#firstIndex = real ? Math.max(0, Math.ceil((source.nowMs() * fps) / 1000 - 1e-6)) : 0;
    this.#nextIndex = this.#firstIndex;
    const durationMs = options.frames === undefined ? undefined : (options.frames * 1000) / fps;
    this.info = {
      name: `sim porch (seed ${options.seed ?? 1})`,
      width: porch.width,
      height: porch.height,
      fps,
      live: real,
      ...(durationMs === undefined ? {} : { durationMs }),
    };
  }

  get counters(): CameraCounters {
    return { ...this.#counters };
  }

  async read(): Promise<RawFrame | null> {
    if (this.#closed) return null;
    if (this.#broken !== null) throw this.#broken;
    if (this.#reading) throw new Fault("bug", "one read at a time");
    this.#reading = true;
    try {
      return await this.#next();
    } catch (error) {
      if (error instanceof Fault) this.#broken = error;
      throw error;
    } finally {
      this.#reading = false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #next(): Promise<RawFrame | null> {
    const { fps, real, options } = this.#source;
    const { fault: broken = "none" } = options;
    const beat = nextBeat(broken, this.#nextIndex);
    this.#nextIndex = beat.index;
    this.#counters.framesIn += beat.lost;
    this.#counters.framesDropped += beat.lost;
    if (this.#nextIndex >= (options.frames ?? Number.POSITIVE_INFINITY)) return null;
    if (real) {
      this.#dropLate();
      await this.#waitUntil((this.#nextIndex * 1000) / fps);
      if (this.#closed) return null;
    }
    if (this.#nextIndex >= (options.frames ?? Number.POSITIVE_INFINITY)) return null;
    const index = this.#nextIndex;
    const tMs = (index * 1000) / fps;
    const fault = this.#source.strike(tMs);
    if (fault !== null) {
      await this.#fail(fault, tMs);
      return null;
    }
    this.#nextIndex += 1;
    this.#counters.framesIn += 1;
    const shownMs = broken === "frozen" ? (this.#firstIndex * 1000) / fps : tMs;
    this.#porch.render(shownMs, this.#picture, this.#epochWallMs + shownMs);
    if (isPictureFault(broken)) paintFault(broken, this.#picture, tMs);
    return {
      ...this.#picture,
      ptsUs: Math.round(((index + lateness(broken, index)) * 1_000_000) / fps),
      sequence: broken === "slow" ? this.#counters.framesIn - 1 : index - this.#firstIndex,
    };
  }

  /** Of the frames due by now only the newest few are still there. */
  #dropLate(): void {
    const { fps, options } = this.#source;
    const lastDue = Math.floor((this.#source.nowMs() * fps) / 1000 + 1e-6);
    const oldestKept = Math.min(lastDue - queueFrames + 1, (options.frames ?? Number.POSITIVE_INFINITY) - 1);
    if (oldestKept <= this.#nextIndex) return;
    this.#counters.framesDropped += oldestKept - this.#nextIndex;
    this.#counters.framesIn += oldestKept - this.#nextIndex;
    this.#nextIndex = oldestKept;
  }

  async #fail(fault: SimCameraFault, tMs: number): Promise<void> {
    const { width, height } = this.#porch;
    switch (fault.kind) {
      case "stall": {
        const stallMs = this.#source.options.stallMs ?? 4_000;
        if (this.#source.real) await this.#waitUntil(tMs + stallMs);
        if (this.#closed) return;
        throw new Fault("timeout", `no frame for ${stallMs} ms`, { hint: "open the camera again" });
      }
      case "lost":
        throw new Fault("unavailable", "the simulated camera was unplugged", { hint: "open it again" });
      case "resize": {
        const to = `${fault.width ?? Math.floor(width / 2)}x${fault.height ?? Math.floor(height / 2)}`;
        throw new Fault("unavailable", `the picture changed from ${width}x${height} to ${to}`);
      }
    }
  }

  /** Resolves at a porch time, or at once when the camera is closed. */
  async #waitUntil(tMs: number): Promise<void> {
    const { options } = this.#source;
    for (
      let leftMs = tMs - this.#source.nowMs();
      leftMs > 0.01 && !this.#closed;
      leftMs = tMs - this.#source.nowMs()
    ) {
      await new Promise<void>((resolve) => {
        const cancel = options.clock.after(leftMs, resolve);
        this.#wake = () => {
          cancel();
          resolve();
        };
      });
      this.#wake = null;
    }
  }
}
