import { expect, test } from "vitest";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { rasteriseOpening, type PlaneSpans } from "../../../daemon/policy/opening.ts";
import { openH264Encoder } from "../../../hal/gst/encoder.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import type { Plane, RawFrame } from "../../../hal/frame.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { simCamera } from "../../../hal/sim/camera.ts";

const size = { width: 322, height: 182 };
const opening = rasteriseOpening(size, porchPolicy);

/** Overwrites every hidden sample with something that changes from frame to frame and run to run. */
function scribble(plane: Plane, spans: PlaneSpans, seed: number): void {
  let state = seed;
  for (let y = 0; y < plane.height; y += 1) {
    const shown = (x: number): boolean => {
      for (let i = spans.starts[y] ?? 0; i < (spans.starts[y + 1] ?? 0); i += 2) {
        if (x >= (spans.spans[i] ?? 0) && x < (spans.spans[i + 1] ?? 0)) return true;
      }
      return false;
    };
    for (let x = 0; x < plane.width; x += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      if (!shown(x)) plane.data[y * plane.stride + x] = state >>> 24;
    }
  }
}

function scribbled(raw: RawFrame, seed: number): RawFrame {
  scribble(raw.y, opening.luma, seed);
  scribble(raw.u, opening.chroma, seed + 1);
  scribble(raw.v, opening.chroma, seed + 2);
  return raw;
}

/** What leaves the encoders when the street is filled with noise of this seed. */
async function outputs(seed: number): Promise<{ video: Uint8Array[]; picture: Uint8Array }> {
  const driver = simCamera({ ...size, fps: 10, frames: 25, pace: "fast", clock: new SimClock() });
  await using camera = await driver.open();
  await using encoder = await openH264Encoder({ ...size, fps: 10, bitrateKbps: 300, gopFrames: 10 });
  await using jpeg = await openJpegEncoder();
  const masker = createMasker(opening);
  const video: Uint8Array[] = [];
  let picture = new Uint8Array();
  for (let raw = await camera.read(); raw !== null; raw = await camera.read()) {
    const memory = encoder.memory();
    const frame = masker.apply(scribbled(raw, seed + raw.sequence), memory);
    if (raw.sequence === 12) picture = new Uint8Array(await jpeg.encode(frame, 320));
    video.push(...encoder.encode(frame, memory).map((unit) => unit.data));
  }
  return { video: [...video, ...(await encoder.finish()).map((unit) => unit.data)], picture };
}

test("nothing beyond the line changes a single byte of video or thumbnail", async () => {
  const [calm, wild] = [await outputs(1), await outputs(4_000_000)];
  expect(calm.video.length).toBe(25);
  expect(calm.picture.length).toBeGreaterThan(1_000);
  expect(wild).toEqual(calm);
});
