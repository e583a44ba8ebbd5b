/**
 * Tracks: what a span of the motion journal says about some areas of the picture, small enough to keep.
 *
 * Reading a week of levels takes a while; this is what is left of them so that any sensitivities can then
 * be tried in milliseconds: for each frame that can matter, the best level in every area, the light and
 * the minute of the day, and where the movement was. Frames come in chunks of typed arrays, oldest first.
 * Other polygons need other tracks; other sensitivities and rules do not.
 */
import type { Polygon } from "../../hal/geometry.ts";
import type { ViewGeometry } from "../../hal/view.ts";
import type { JournalGap, JournalSpan } from "../sight/journal/records.ts";
import type { EventTiming } from "../sight/machine.ts";
import { pirSayings, type PirSays } from "../sight/fusion.ts";
import { lights, type Light, type Moment } from "../sight/rules.ts";

/** Where motion counts, without how much of it. */
export interface Area {
  readonly name: string;
  readonly polygon: Polygon;
}

export const chunkFrames = 16_384;

/** Frames in order; times are offsets from the chunk's own beginning. */
export interface Chunk {
  count: number;
  readonly startPtsUs: number;
  readonly startWallMs: number;
  readonly ptsUs: Uint32Array;
  readonly wallMs: Int32Array;
  /** Wall time never goes back within the chunk. */
  sorted: boolean;
  /** Light, minute of the day and what the PIR said (`whenOf`). */
  readonly when: Uint16Array;
  /** 1 = a model saw somebody stand there: an event that is open goes on. */
  readonly held: Uint8Array;
  /** The best level of the whole picture; 0 = a quiet frame, kept because an event may end with it, or go on. */
  readonly best: Uint8Array;
  /** The best level in any area. */
  readonly most: Uint8Array;
  /** The best level per area, frame by frame. */
  readonly levels: Uint8Array;
  /** Middle, width and height of the strongest movement and the part of all cells that stir: 255ths. */
  readonly x: Uint8Array;
  readonly y: Uint8Array;
  readonly width: Uint8Array;
  readonly height: Uint8Array;
  readonly share: Uint8Array;
}

/** What happened between frames: before the frame at `at`. */
export type Happening =
  | { readonly type: "session"; readonly at: number }
  | { readonly type: "press"; readonly at: number; readonly ptsUs: number }
  | { readonly type: "wake"; readonly at: number; readonly ptsUs: number; readonly wallMs: number }
  | {
      readonly type: "end";
      readonly at: number;
      readonly ptsUs: number;
      readonly reason: "camera-lost" | "stopped";
    };

export interface Tracks {
  /** What was asked for, cut at the front when it did not fit (`cut`). */
  readonly span: JournalSpan;
  readonly cut: boolean;
  /** Names in the order of `Chunk.levels`; of no areas, the one that stands for all. */
  readonly areas: readonly string[];
  readonly timing: EventTiming;
  readonly chunks: readonly Chunk[];
  readonly happenings: readonly Happening[];
  /** When the light became another one, oldest first. */
  readonly lightChanges: readonly { readonly wallMs: number; readonly light: Light }[];
  /** When frames were judged at all, oldest first. */
  readonly covered: readonly JournalSpan[];
  readonly gaps: readonly JournalGap[];
  /** The part of the sensor's picture that was judged last; null = nothing was. */
  readonly view: ViewGeometry | null;
}

export const dayMinutes = 1_440;
const perLight = dayMinutes + 1;
const perSaying = lights.length * perLight;
export const whens = pirSayings.length * perSaying;

/** `minute` of the local day; null where it is not known (a file). */
export function whenOf(light: Light, minute: number | null, pir: PirSays = "unknown"): number {
  return pirSayings.indexOf(pir) * perSaying + lights.indexOf(light) * perLight + (minute ?? dayMinutes);
}

export function momentOf(when: number): Moment {
  const minute = when % perLight;
  const light = lights[Math.floor(when / perLight) % lights.length] ?? "bright";
  const pir = pirSayings[Math.floor(when / perSaying)] ?? "unknown";
  return { light, minute: minute === dayMinutes ? null : minute, pir };
}

/** A frame's place in all chunks: `at = chunk * chunkFrames + index`. */
export function chunkAt(tracks: Tracks, at: number): Chunk | undefined {
  return tracks.chunks[Math.floor(at / chunkFrames)];
}

export function wallMsAt(chunk: Chunk, index: number): number {
  return chunk.startWallMs + (chunk.wallMs[index] ?? 0);
}

export function ptsUsAt(chunk: Chunk, index: number): number {
  return chunk.startPtsUs + (chunk.ptsUs[index] ?? 0);
}

/** Calls `visit` for every frame from `first` to `last`, both included. */
export function eachFrame(
  tracks: Tracks,
  [first, last]: readonly [number, number],
  visit: (chunk: Chunk, index: number) => void,
): void {
  for (let c = Math.floor(first / chunkFrames); c <= Math.floor(last / chunkFrames); c += 1) {
    const chunk = tracks.chunks[c];
    if (chunk === undefined) continue;
    const end = Math.min(chunk.count - 1, last - c * chunkFrames);
    for (let i = Math.max(0, first - c * chunkFrames); i <= end; i += 1) visit(chunk, i);
  }
}

/** Calls `visit` for every frame between two wall times, both included. */
export function eachFrameIn(
  tracks: Tracks,
  { fromWallMs, toWallMs }: JournalSpan,
  visit: (chunk: Chunk, index: number) => void,
): void {
  for (const chunk of tracks.chunks) {
    const [from, to] = [fromWallMs - chunk.startWallMs, toWallMs - chunk.startWallMs];
    if (chunk.sorted && (to < (chunk.wallMs[0] ?? 0) || from > (chunk.wallMs[chunk.count - 1] ?? 0)))
      continue;
    for (let i = chunk.sorted ? firstFrom(chunk, from) : 0; i < chunk.count; i += 1) {
      const wallMs = chunk.wallMs[i] ?? 0;
      if (wallMs > to && chunk.sorted) break;
      if (wallMs >= from && wallMs <= to) visit(chunk, i);
    }
  }
}

/** The first frame of a sorted chunk that is not before `from`. */
function firstFrom({ wallMs, count }: Chunk, from: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((wallMs[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Was the door watched at that time? */
export function isCovered(tracks: Tracks, wallMs: number): boolean {
  return tracks.covered.some((span) => wallMs >= span.fromWallMs && wallMs <= span.toWallMs);
}
