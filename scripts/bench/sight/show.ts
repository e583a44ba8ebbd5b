/**
 * Show: one scene before several watchers at once, every frame to each of them, masked.
 */
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { MaskShape } from "../../../daemon/policy/shape.ts";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import type { FrameGeometry, I420, Plane, RawFrame } from "../../../hal/frame.ts";
import type { Watched, Watcher } from "./watcher.ts";

export interface Scene extends FrameGeometry {
  readonly fps: number;
  readonly shape: MaskShape;
  /** Lent one by one. */
  readonly frames: AsyncIterable<RawFrame> | Iterable<RawFrame>;
}

/** In the watchers' order. */
export async function showTo(watchers: readonly Watcher[], scene: Scene): Promise<Watched[]> {
  const { width, height, fps } = scene;
  const masker = createMasker(rasteriseOpening({ width, height }, scene.shape));
  const memory = createPlainMemory(width, height);
  const watching = watchers.map((watcher) =>
    watcher.open({ width, height, fps, visible: masker.opening.luma }),
  );
  const alone = watchers.every(({ inProcess }) => inProcess);
  let before = Promise.resolve();
  for await (const raw of scene.frames) {
    const frame = masker.apply(raw, memory);
    const bytes = alone ? none : bytesOf(frame);
    await before; // a peer may lag a frame behind
    before = Promise.all(watching.map((one) => one.show({ frame, bytes }))).then(() => {});
  }
  await before;
  return Promise.all(watching.map((one) => one.end()));
}

const none = Buffer.alloc(0);

/** I420 without padding, in memory of its own. */
export function bytesOf({ y, u, v }: I420): Buffer {
  return Buffer.concat([y, u, v].flatMap(rowsOf));
}

function rowsOf({ data, stride, width, height }: Plane): Uint8Array[] {
  if (stride === width) return [data.subarray(0, width * height)];
  return Array.from({ length: height }, (_, row) => data.subarray(row * stride, row * stride + width));
}
