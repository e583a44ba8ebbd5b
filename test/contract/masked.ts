/**
 * Masked frames for encoder tests, made by the mask itself: nothing else can make one.
 */
import { createMasker } from "../../daemon/eye/mask/apply.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import { wholePicture } from "../../daemon/eye/mask/whole-picture.ts";
import type { FrameGeometry, FrameMemory, MaskedFrame, Plane } from "../../hal/frame.ts";

/** Makes frame after frame of a moving pattern, in whatever memory it is given. */
export function movingPicture(size: FrameGeometry): (index: number, memory: FrameMemory) => MaskedFrame {
  const masker = createMasker(rasteriseOpening(size, wholePicture));
  const [cw, ch] = [Math.ceil(size.width / 2), Math.ceil(size.height / 2)];
  return (index, memory) => {
    const y = drawn(size.width, size.height, (x, row) => 40 + ((x + row + 4 * index) % 160));
    const u = drawn(cw, ch, (x) => 100 + ((x + index) % 40));
    const v = drawn(cw, ch, (_, row) => 100 + ((row + index) % 40));
    return masker.apply({ ...size, y, u, v, ptsUs: index * 100_000, sequence: index }, memory);
  };
}

function drawn(width: number, height: number, sample: (x: number, y: number) => number): Plane {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) data[y * width + x] = sample(x, y);
  return { data, stride: width, width, height };
}
