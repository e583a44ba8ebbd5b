/**
 * Camera plan: what a recorded camera did, from a hardware trace: each time that it was open, when which frame came,
 * and how it ended.
 *
 * A showing begins with its first frame, or where the camera is told to run before one came. It ends where the trace
 * says so; where frames begin anew without a word (a part of the trace was left out), the one before was lost there.
 */
import { createReadStream } from "node:fs";
import type { FrameGeometry } from "../frame.ts";
import { Fault, toFault } from "../fault.ts";
import type { Moment, MomentOf } from "../trace/format.ts";
import { scanTrace } from "../trace/scan.ts";

export interface Timing {
  /** From the beginning of the trace. */
  readonly atMs: number;
  readonly sequence: number;
  readonly ptsUs: number;
  /** By the driver, since the camera was opened. */
  readonly dropped: number;
}

export type Ending = "stalled" | "failed" | "asleep" | "lost";

export interface Showing extends FrameGeometry {
  readonly fps: number;
  readonly fromMs: number;
  readonly frames: readonly Timing[];
  /** Null: it was still open when the trace ended. */
  readonly end: { readonly how: Ending; readonly atMs: number } | null;
}

export interface CameraPlan {
  readonly showings: readonly Showing[];
  readonly durationMs: number;
}

/** Rejects with a Fault that names the file. */
export async function readCameraPlan(file: string): Promise<CameraPlan> {
  const planner = new CameraPlanner();
  try {
    const { lastNs } = await scanTrace(createReadStream(file), {
      onHeader: () => {},
      onMoment: (moment) => planner.see(moment),
    });
    return planner.plan(Math.max(1, lastNs / 1e6));
  } catch (error) {
    const { kind, message, hint } = toFault(error);
    const where = "camera.source names a trace: sill hal record FILE makes one";
    throw new Fault(kind, `${file}: ${message}`, { hint: hint ?? where, cause: error });
  }
}

/** A day and a half at 15 a second. */
const mostFrames = 2_000_000;

interface Draft {
  size: (FrameGeometry & { readonly fps: number }) | null;
  readonly fromMs: number;
  readonly frames: Timing[];
  end: Showing["end"];
}

export class CameraPlanner {
  readonly #drafts: Draft[] = [];
  #open: Draft | null = null;
  #frames = 0;

  /** In the order of the trace. */
  see(moment: Moment): void {
    if (moment.type === "frame") this.#frame(moment);
    if (moment.type === "camera") this.#camera(moment);
  }

  /** Throws Fault `not-found` when the trace says nothing of a camera. */
  plan(durationMs: number): CameraPlan {
    const known = this.#drafts.find(({ size }) => size !== null)?.size ?? null;
    if (known === null)
      throw new Fault("not-found", "the trace says nothing of a camera", {
        hint: "a trace that is recorded beside a running doorbell, without --lines, has the camera's timings",
      });
    let size = known;
    const showings = this.#drafts.map((draft): Showing => {
      size = draft.size ?? size;
      const { fromMs, frames, end } = draft;
      return { ...size, fromMs, frames, end };
    });
    return { showings, durationMs };
  }

  #frame({ atNs, sequence, ptsUs, dropped }: MomentOf<"frame">): void {
    this.#frames += 1;
    if (this.#frames > mostFrames)
      throw new Fault("exhausted", `the trace has more than ${mostFrames} frames`, {
        hint: "record a shorter one",
      });
    const atMs = atNs / 1e6;
    const before = this.#open?.frames.at(-1);
    const anew =
      before !== undefined &&
      (sequence <= before.sequence || ptsUs <= before.ptsUs || dropped < before.dropped);
    if (anew) this.#end("lost", atMs);
    this.#begin(atMs).frames.push({ atMs: Math.max(atMs, before?.atMs ?? 0), sequence, ptsUs, dropped });
  }

  #camera({ atNs, state, width, height, fps }: MomentOf<"camera">): void {
    const atMs = atNs / 1e6;
    if (state === "opening") return;
    if (state !== "running") return this.#end(state, atMs);
    const was = this.#open?.size;
    if (was != null && (was.width !== width || was.height !== height)) this.#end("lost", atMs);
    const showing = this.#begin(atMs);
    if (width > 0 && height > 0) showing.size = { width, height, fps };
  }

  #begin(fromMs: number): Draft {
    if (this.#open !== null) return this.#open;
    this.#open = { size: null, fromMs, frames: [], end: null };
    this.#drafts.push(this.#open);
    return this.#open;
  }

  #end(how: Ending, atMs: number): void {
    if (this.#open === null) return; // it was away already
    this.#open.end = { how, atMs: Math.max(atMs, this.#open.frames.at(-1)?.atMs ?? 0) };
    this.#open = null;
  }
}
