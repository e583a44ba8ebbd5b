import { expect, test } from "vitest";
import { checkRawFrames } from "../../../scripts/check/raw-frames.ts";
import { sources } from "./sources.ts";

const findingsIn = (path: string, text: string) => checkRawFrames(sources({ [path]: text }));

test.each([
  ["daemon/eye/thumbnailer.ts", 'import type { RawFrame } from "../../hal/frame.ts";'],
  ["daemon/eye/motion/motion.ts", 'import type { I420 as Picture } from "../../../hal/frame.ts";'],
  ["daemon/eye/live-feed.ts", "export type Any = frames.RawFrame;"],
  ["models/detect.ts", 'export type Any = import("../hal/frame.ts").RawFrame;'],
  ["daemon/eye/snapshot.ts", 'import { encodeUnmaskedJpeg } from "../../hal/gst/unmasked-jpeg.ts";'],
  ["daemon/eye/session.ts", 'const { encodeUnmaskedJpeg } = await import("../../hal/gst/unmasked-jpeg.ts");'],
  ["daemon/eye/snapshot.ts", 'import { JpegEngine } from "../../hal/gst/jpeg-engine.ts";'],
  ["scripts/bench/still.ts", 'export { JpegEngine } from "../../hal/gst/jpeg-engine.ts";'],
  ["daemon/eye/run.ts", 'import { sealUnmasked } from "./setup-still/unmasked.ts";'],
])("refused in %s: %s", (path, text) => {
  expect(findingsIn(path, text)).toMatchObject([{ path, line: 1 }]);
});

test.each([
  ["daemon/eye/mask/apply.ts", 'import type { RawFrame } from "../../../hal/frame.ts";'],
  ["hal/sim/camera.ts", 'import type { RawFrame } from "../frame.ts";'],
  [
    "daemon/eye/setup-still/unmasked.ts",
    'import { encodeUnmaskedJpeg } from "../../../hal/gst/unmasked-jpeg.ts";',
  ],
  ["daemon/eye/thumbnailer.ts", 'import type { MaskedFrame } from "../../hal/frame.ts"; // not a RawFrame'],
  ["test/hal/gst/jpeg.test.ts", 'import { fitWithin } from "../../../hal/gst/jpeg-engine.ts";'],
])("fine in %s: %s", (path, text) => {
  expect(findingsIn(path, text)).toEqual([]);
});
