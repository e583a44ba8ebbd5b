/**
 * Annex B: units as a plain .h264 file, so that a decoder can check them without a container.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EncodedUnit, EncoderConfig } from "../../../hal/encoder.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";

const startCode = Uint8Array.of(0, 0, 0, 1);

function annexB(units: readonly EncodedUnit[], { avcC }: EncoderConfig): Uint8Array {
  const parts: Uint8Array[] = [];
  const view = new DataView(avcC.buffer, avcC.byteOffset, avcC.byteLength);
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    const sets = view.getUint8(at) & mask;
    at += 1;
    for (let i = 0; i < sets; i += 1) {
      const length = view.getUint16(at);
      parts.push(startCode, avcC.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  for (const { data } of units) {
    const unit = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (let at = 0; at < data.length; at += 4 + unit.getUint32(at))
      parts.push(startCode, data.subarray(at + 4, at + 4 + unit.getUint32(at)));
  }
  return Buffer.concat(parts);
}

export async function decode(
  units: readonly EncodedUnit[],
  config: EncoderConfig,
): Promise<{ width: number; height: number }[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-units-"));
  try {
    const source = join(folder, "units.h264");
    await writeFile(source, annexB(units, config));
    await using camera = await gstCamera({ source, width: 1, height: 1, fps: 10, stallMs: 5_000 }).open();
    const sizes: { width: number; height: number }[] = [];
    for (let frame = await camera.read(); frame !== null; frame = await camera.read())
      sizes.push({ width: frame.width, height: frame.height });
    return sizes;
  } finally {
    await rm(folder, { recursive: true });
  }
}
