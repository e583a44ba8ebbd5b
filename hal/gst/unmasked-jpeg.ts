/**
 * Unmasked JPEG: one raw frame as a still, for the setup still and nothing else.
 *
 * A pipeline of its own is opened for the one picture and closed after it, so that nothing of it can
 * come out anywhere else. Only daemon/eye/setup-still/unmasked.ts may import this file
 * (`npm run check`). The frame is copied before the first await.
 */
import type { RawFrame } from "../frame.ts";
import { JpegEngine } from "./jpeg-engine.ts";

export async function encodeUnmaskedJpeg(frame: RawFrame, longestPx: number): Promise<Uint8Array> {
  await using engine = new JpegEngine();
  return await engine.encode(frame, longestPx);
}
