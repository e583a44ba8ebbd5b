/**
 * Fragment: `moof` + `mdat` of consecutive encoded units.
 *
 * One unit per fragment makes a live unit; a run of whole GOPs makes a recorded fragment. Each is
 * complete in itself: concatenated after the init segment in any number they are a playable file.
 * Sample durations come from the next unit's time, so that an irregular camera stays in step; the
 * last unit's is its own nominal one unless the caller knows what follows.
 */
import type { EncodedUnit } from "../../../hal/encoder.ts";
import { assert } from "../../../hal/fault.ts";
import { box, concat, fullBox, u32, u64 } from "./box.ts";
import { trackId } from "./init.ts";

/** 8.8.3.1: depends on nothing / depends on others and is not a sync sample. */
const syncSample = 0x02000000;
const otherSample = 0x01010000;
/** tfhd: data offsets are relative to the moof. trun: data offset, then duration, size, flags each. */
const baseIsMoof = 0x020000;
const trunFlags = 0x000001 | 0x000100 | 0x000200 | 0x000400;

export interface FragmentOptions {
  /** From 1, growing by one within a file or stream. */
  readonly sequence: number;
  /** Media time that becomes 0. */
  readonly baseUs: number;
  /** Time of the unit after the last one, if it is known. */
  readonly nextPtsUs?: number | undefined;
}

/** `units` in order, at least one. */
export function fragment(units: readonly EncodedUnit[], options: FragmentOptions): Uint8Array {
  const first = units[0];
  assert(first !== undefined, "a fragment has at least one unit");
  const durations = unitDurationsUs(units, options.nextPtsUs);
  const samples = units.flatMap((unit, i) => [
    ...u32(durations[i] ?? 0),
    ...u32(unit.data.length),
    ...u32(unit.keyframe ? syncSample : otherSample),
  ]);
  const moof = (dataOffset: number): Uint8Array =>
    box(
      "moof",
      fullBox("mfhd", [0, 0], u32(options.sequence)),
      box(
        "traf",
        fullBox("tfhd", [0, baseIsMoof], u32(trackId)),
        fullBox("tfdt", [1, 0], u64(Math.max(0, first.ptsUs - options.baseUs))),
        fullBox("trun", [0, trunFlags], u32(units.length), u32(dataOffset), samples),
      ),
    );
  const dataOffset = moof(0).length + 8;
  return concat([moof(dataOffset), box("mdat", ...units.map((unit) => unit.data))]);
}

/** Each at least 1, so that no two samples share a time. */
export function unitDurationsUs(units: readonly EncodedUnit[], nextPtsUs?: number): number[] {
  return units.map((unit, i) => {
    const next = units[i + 1]?.ptsUs ?? nextPtsUs ?? unit.ptsUs + unit.durationUs;
    return Math.max(1, Math.round(next - unit.ptsUs));
  });
}
