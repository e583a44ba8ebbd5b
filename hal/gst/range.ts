/**
 * Range: every frame of this house has samples from 16 to 235 (ITU-R BT.601 and 709, limited range).
 *
 * JPEG has 0 to 255, and so has what comes of a camera that sends it (most USB cameras) or of an H.264 stream that
 * says so. The encoder would call its own output limited all the same, so a recording and the model would see a seventh
 * too much contrast; a still that is coded as JPEG without a word has a seventh too little.
 *
 * GStreamer 1.22's videoconvert takes `colorimetry=bt601` and changes no sample, so it is done by videobalance: a table
 * for each plane, in place (0.8 ms a frame of 720p on x86-64, of which decoding JPEG takes more). Its luma is 16 + (Y - 16) * contrast + 255 * brightness, its chroma is stretched about 128.
 * Not found out: JPEG in shades of grey alone, which videoconvert calls limited without changing it. Judged by the first
 * picture of an opening, and remembered: a camera that is opened while it sends such grey (some do by night) has a seventh
 * too much contrast by day, until it is opened again.
 */
import type { Gst, Pointer } from "./bindings.ts";

const black = 16;
const [luma, chroma] = [219 / 255, 224 / 255];

function balance(contrast: number, brightness: number, saturation: number): string {
  const [c, b, s] = [contrast, brightness, saturation].map((value) => value.toFixed(6));
  return `videobalance contrast=${c} brightness=${b} saturation=${s}`;
}

/** From 0..255 to 16..235, on I420, as a piece of a pipeline description. */
export const fullToLimited = balance(luma, (black * luma) / 255, chroma);

/** And back: what is darker than black is black. */
export const limitedToFull = balance(1 / luma, -black / 255, 1 / chroma);

/** Does a picture with these caps have samples from 0 to 255? One that says nothing has not. */
export function isFullRange(gst: Gst, caps: Pointer): boolean {
  // "range:matrix:transfer:primaries" as numbers, or a name; all names that are no RGB are of limited range
  const colours = gst.structureString(gst.capsStructure(caps, 0), "colorimetry") ?? "";
  return colours.startsWith("1:");
}
