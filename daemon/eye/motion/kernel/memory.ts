/**
 * Memory: where every number of the detector lies, the same for both kernels.
 *
 * Numbers per cell that are computed with lie in planes: row by row with a rim around the picture,
 * so that every cell has neighbours and two or four neighbouring cells are one vector. Numbers per
 * patch are nine such planes, one for each place that a patch has within its cell. The rim of
 * `sums` repeats the picture's edge; its weight and its luma are 0, so that it never counts.
 * Bytes per cell (evidence and what is judged from it) have no rim: `row * cols + col`.
 */
import { assert } from "../../../../hal/fault.ts";
import { patchesPerCell, type Grid } from "../../../sight/grid.ts";

export const patchPlanes = patchesPerCell * patchesPerCell;

/** The cells of a plane. */
export interface Shape {
  readonly cols: number;
  readonly rows: number;
  /** Numbers from one row to the next: the columns, a rim on both sides, whole vectors of four. */
  readonly stride: number;
  /** From the first row of cells to behind the last. */
  readonly from: number;
  readonly end: number;
  /** Numbers in a plane, the rim's rows included. */
  readonly size: number;
}

export function shapeOf({ cols, rows }: Pick<Grid, "cols" | "rows">): Shape {
  const stride = roundUp(cols + 3, 4);
  return { cols, rows, stride, from: stride, end: stride * (rows + 1), size: stride * (rows + 2) };
}

/** Where a cell lies in a plane. */
export function placeOf({ stride }: Shape, col: number, row: number): number {
  return (row + 1) * stride + col + 1;
}

/** Where a patch lies in nine planes. */
export function placeOfPatch(shape: Shape, patchCol: number, patchRow: number): number {
  const [col, row] = [Math.floor(patchCol / patchesPerCell), Math.floor(patchRow / patchesPerCell)];
  const plane = (patchRow % patchesPerCell) * patchesPerCell + (patchCol % patchesPerCell);
  return plane * shape.size + placeOf(shape, col, row);
}

/** What both kernels read and write. */
export interface KernelArrays {
  /** Per patch: sums of its samples. */
  readonly sums: Uint16Array;
  /** Per patch: what the empty scene's contrast is, how it wavers, 1 / expected squared deviation. */
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly weight: Float32Array;
  /** Per patch: 1 where the privacy mask leaves it to be judged. */
  readonly visible: Float32Array;
  /** Per cell: luma of the picture and of the background, texture of the background. */
  readonly luma: Float32Array;
  readonly lumaWas: Float32Array;
  readonly texture: Float32Array;
  /** Per cell: how the light scaled its contrast; 1 = occupied, learn slowly. */
  readonly gain: Float32Array;
  readonly slow: Float32Array;
  /** Weighted sums over a cell's patches: now^2, now*background, background^2, (now-before)^2. */
  readonly now: Float32Array;
  readonly both: Float32Array;
  readonly was: Float32Array;
  readonly moved: Float32Array;
  /** Evidence, a byte per cell. */
  readonly change: Uint8Array;
  readonly stir: Uint8Array;
}

export interface KernelMemory extends KernelArrays {
  readonly shape: Shape;
  readonly buffer: ArrayBuffer;
  /** More room, zeroed, until `spareBytes` or `sparePlanes` are used up (Fault `bug`). */
  readonly bytes: () => Uint8Array;
  readonly patches: () => Float32Array;
  readonly block: (bytes: number) => Uint8Array;
}

/** How much room a detector may ask for beyond KernelArrays. */
export interface Spare {
  /** Arrays of a byte per cell. */
  readonly bytes: number;
  /** Arrays of a number per patch. */
  readonly patches: number;
}

/** Vectors of bytes may run over the end of an array by so much. */
const overrun = 16;
const vector = 16;

/** Bytes that a detector's memory takes. */
export function memoryBytes(shape: Shape, spare: Spare): number {
  const { cols, rows, size } = shape;
  const patches = (5 + spare.patches) * (4 * patchPlanes * size + vector);
  const cells = 9 * (4 * size + vector);
  const bytes = (2 + spare.bytes) * roundUp(cols * rows + overrun, vector);
  return vector + patches + cells + bytes + blockBytes(shape);
}

/** Masks and maxima of the SIMD kernel's neighbourhoods (simd.ts). */
function blockBytes({ cols, rows }: Shape): number {
  return (rows + 6) * (roundUp(cols, vector) + vector);
}

/** Divides `buffer`, which is all 0 and has at least memoryBytes. */
export function layOut(buffer: ArrayBuffer, shape: Shape): KernelMemory {
  let next = vector;
  const take = (bytes: number): number => {
    const at = next;
    next += roundUp(bytes, vector);
    assert(next <= buffer.byteLength, `motion asked for ${next} bytes of ${buffer.byteLength}`);
    return at;
  };
  const { size, cols, rows } = shape;
  const plane = (): Float32Array => new Float32Array(buffer, take(4 * size), size);
  const patches = (): Float32Array =>
    new Float32Array(buffer, take(4 * patchPlanes * size), patchPlanes * size);
  const bytes = (): Uint8Array => new Uint8Array(buffer, take(cols * rows + overrun), cols * rows);
  return {
    shape,
    buffer,
    sums: new Uint16Array(buffer, take(2 * patchPlanes * size), patchPlanes * size),
    mean: patches(),
    variance: patches(),
    weight: patches(),
    visible: patches(),
    luma: plane(),
    lumaWas: plane(),
    texture: plane(),
    gain: plane().fill(1),
    slow: plane(),
    now: plane(),
    both: plane(),
    was: plane(),
    moved: plane(),
    change: bytes(),
    stir: bytes(),
    bytes,
    patches,
    block: (length) => new Uint8Array(buffer, take(length), length),
  };
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
