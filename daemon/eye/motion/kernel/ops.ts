/**
 * Ops: what a kernel can do with its memory, and the numbers that it does it with.
 */

/** Neighbourhoods of a byte per cell. All arrays are a kernel's own (`memory.bytes()`). */
export interface CellOps {
  /** `to` = largest of every cell and its 8 neighbours; may be `from`. */
  readonly spread: (from: Uint8Array, to: Uint8Array) => void;
  /** `to` = what a cell and at least one neighbour both have: a lone cell has nothing. Not `from`. */
  readonly support: (from: Uint8Array, to: Uint8Array) => void;
  /** `to` = the lesser of both, cell by cell; may be either. */
  readonly least: (one: Uint8Array, other: Uint8Array, to: Uint8Array) => void;
}

export interface KernelOps extends CellOps {
  /** `sums` -> contrast of every patch into `to`, and `luma`. */
  readonly contrast: (to: Float32Array) => void;
  /** This picture's contrast, that of a moment ago and the background -> `change`, `stir`, `gain`. */
  readonly weigh: (contrast: Float32Array, before: Float32Array) => void;
  /** The background learns from this picture, every second row of cells from `first` (0 or 1) on. */
  readonly learn: (contrast: Float32Array, first: number) => void;
}

/** What of the tuning the kernels compute with. */
export interface KernelNumbers {
  readonly gainPrior: number;
  readonly gainSlack: number;
  readonly lumaOffset: number;
  readonly floorVariance: number;
  readonly outlierVariances: number;
  /** Share of the texture that counts as noise. */
  readonly jitter: number;
  readonly learnRate: number;
  readonly forgetRate: number;
  readonly learnVarianceRate: number;
  readonly forgetVarianceRate: number;
}
