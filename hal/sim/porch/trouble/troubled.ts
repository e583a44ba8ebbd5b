/**
 * Troubled: the moment in which a trouble is painted.
 */
import type { Light } from "../light.ts";

export interface Troubled {
  readonly seed: number;
  readonly tMs: number;
  readonly light: Light;
  /** 0..1 */
  readonly strength: number;
}
