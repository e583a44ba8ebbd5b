/**
 * Unmasked: a raw frame in, an age file for one owner out.
 *
 * The only place in the repository where unmasked pixels are encoded. The JPEG exists in this
 * function alone: what leaves it is sealed, and the plain bytes are wiped.
 */
import type { RawFrame } from "../../../hal/frame.ts";
import { encodeUnmaskedJpeg } from "../../../hal/gst/unmasked-jpeg.ts";
import { seal } from "../../seal/age/seal.ts";
import type { Recipient } from "../../seal/age/keys.ts";

/** A line can be drawn to the pixel on it, and it fits into one message. */
const longestPx = 3_840;

/** The frame is copied before the first await. */
export async function sealUnmasked(frame: RawFrame, owner: Recipient): Promise<Uint8Array> {
  const jpeg = await encodeUnmaskedJpeg(frame, longestPx);
  try {
    return seal(jpeg, [owner]);
  } finally {
    jpeg.fill(0);
  }
}
