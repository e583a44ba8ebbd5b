/**
 * Caps: size and rate of a picture, read from a sample's caps.
 */
import { Fault } from "../fault.ts";
import type { FrameGeometry } from "../frame.ts";
import type { Gst, Out, Pointer } from "./bindings.ts";

export interface PictureCaps extends FrameGeometry {
  /** Null when the rate varies or is not told. */
  readonly fps: number | null;
}

export function readSize(gst: Gst, caps: Pointer): FrameGeometry {
  const structure = gst.capsStructure(caps, 0);
  const [width, height]: [Out<number>, Out<number>] = [[0], [0]];
  const known =
    gst.structureInt(structure, "width", width) !== 0 && gst.structureInt(structure, "height", height) !== 0;
  if (!known) throw new Fault("corrupt", "stream does not tell its picture size");
  return { width: width[0], height: height[0] };
}

export function readCaps(gst: Gst, caps: Pointer): PictureCaps {
  const [n, d]: [Out<number>, Out<number>] = [[0], [1]];
  const told = gst.structureFraction(gst.capsStructure(caps, 0), "framerate", n, d) !== 0;
  return { ...readSize(gst, caps), fps: told && n[0] > 0 && d[0] > 0 ? n[0] / d[0] : null };
}

/** A rate as the fraction that GStreamer wants, e.g. 7.5 = 15/2. */
export function rateFraction(fps: number): string {
  const [n, d] = [Math.round(fps * 1000), 1000];
  const divisor = gcd(n, d);
  return `${n / divisor}/${d / divisor}`;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
