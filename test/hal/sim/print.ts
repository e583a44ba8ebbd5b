/**
 * Print: a fingerprint of every visible sample of a picture.
 */
import { createHash } from "node:crypto";
import type { I420 } from "../../../hal/frame.ts";

export function printOf({ y, u, v }: I420): string {
  const hash = createHash("sha256");
  for (const { data, stride, width, height } of [y, u, v]) {
    for (let row = 0; row < height; row += 1) hash.update(data.subarray(row * stride, row * stride + width));
  }
  return hash.digest("hex").slice(0, 16);
}
