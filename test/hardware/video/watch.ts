/**
 * Watch: frames out of a camera, and what can be said of a picture of colour bars.
 */
import type { Camera } from "../../../hal/camera.ts";
import type { Fault } from "../../../hal/fault.ts";
import type { Plane, RawFrame } from "../../../hal/frame.ts";

export interface Seen {
  readonly ptsUs: number;
  readonly sequence: number;
}

/** Reads `count` frames; `at` is called before each of them. */
export async function watch(camera: Camera, count: number, at?: (index: number) => void): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let i = 0; i < count; i += 1) {
    at?.(i);
    const { ptsUs, sequence } = await frameOf(camera);
    seen.push({ ptsUs, sequence });
  }
  return seen;
}

export async function frameOf(camera: Camera): Promise<RawFrame> {
  const frame = await camera.read();
  if (frame === null) throw new Error("the camera ended");
  return frame;
}

/** The Fault that a promise is rejected with. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.then(
    () => new Error("no fault came"),
    (reason: unknown) => reason,
  );
  if (error instanceof Error && error.name === "Fault") return error as Fault;
  throw error;
}

export function growsStrictly(seen: readonly Seen[]): boolean {
  return seen.every(
    ({ ptsUs, sequence }, i) =>
      i === 0 || (ptsUs > (seen[i - 1]?.ptsUs ?? 0) && sequence > (seen[i - 1]?.sequence ?? 0)),
  );
}

export interface Bar {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** Eight bars from left to right, each in the middle of the picture. */
export function barsOf({ width, height, y, u, v }: RawFrame): Bar[] {
  const sample = (plane: Plane, x: number, row: number): number =>
    plane.data[Math.floor(row) * plane.stride + Math.floor(x)] ?? -1;
  return Array.from({ length: 8 }, (_, bar) => {
    const [x, row] = [((bar + 0.5) * width) / 8, height / 2];
    return { y: sample(y, x, row), u: sample(u, x / 2, row / 2), v: sample(v, x / 2, row / 2) };
  });
}

/** Rows that are not like the first one: a wrong stride leans the bars over. */
export function leaningRows(frame: RawFrame): number {
  return [frame.y, frame.u, frame.v].reduce((sum, plane) => sum + leaning(plane), 0);
}

function leaning({ data, stride, width, height }: Plane): number {
  const first = data.subarray(0, width);
  let count = 0;
  for (let row = 1; row < height; row += 1)
    if (!data.subarray(row * stride, row * stride + width).every((value, x) => value === first[x]))
      count += 1;
  return count;
}
