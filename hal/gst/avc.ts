/**
 * AVC: what a player is told about a stream before the first picture.
 */
import type { EncoderConfig } from "../encoder.ts";
import { Fault } from "../fault.ts";

/** From an AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1); bytes 1-3 name the profile. */
export function avcConfig(avcC: Uint8Array): EncoderConfig {
  if (avcC.length < 7 || avcC[0] !== 1)
    throw new Fault("unavailable", `encoder gave ${avcC.length} bytes that are no AVC configuration`);
  const profile = [...avcC.subarray(1, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { avcC, codec: `avc1.${profile}` };
}
