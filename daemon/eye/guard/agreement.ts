/**
 * Agreement: how well two directions fit, 64 = the same, -64 = at right angles, 0 = no direction.
 */
import { directions, noDirection } from "./sketch.ts";

export const fullAgreement = 64;
/** Row = direction of the reference, 32 entries each, column = direction in the picture; the last row is all 0. */
export const rowBits = 5;

export const agreement: Int8Array = Int8Array.from({ length: (directions + 1) << rowBits }, (_, i) => {
  const [of, to] = [i >> rowBits, i & ((1 << rowBits) - 1)];
  if (of >= directions || to >= noDirection) return 0;
  return Math.round(fullAgreement * Math.cos((2 * Math.PI * (of - to)) / directions));
});
