/**
 * Memory: where the arrays lie, and the numbers of the tuning. Set once, from ../simd.ts.
 *
 * The names are those of ../memory.ts (KernelArrays, Shape) and ../../tuning.ts. An address is a
 * plain number of bytes; nothing here is ever allocated.
 */

// Shape, in cells: a row with its rim, the picture's own columns and rows, a whole plane.
export let stride: i32 = 0;
export let cols: i32 = 0;
export let rows: i32 = 0;
export let size: i32 = 0;

// Nine planes each, one per patch of a cell.
export let sums: usize = 0;
export let mean: usize = 0;
export let variance: usize = 0;
export let weight: usize = 0;
export let visible: usize = 0;

// One plane each.
export let luma: usize = 0;
export let lumaWas: usize = 0;
export let texture: usize = 0;
export let gain: usize = 0;
export let slow: usize = 0;
export let now: usize = 0;
export let both: usize = 0;
export let was: usize = 0;
export let moved: usize = 0;

// Bytes per cell without a rim.
export let change: usize = 0;
export let stir: usize = 0;

// For neighbourhoods of bytes: 255 where a cell has a neighbour on that side; rows of maxima.
export let hasLeft: usize = 0;
export let hasRight: usize = 0;
export let across: usize = 0;

// Tuning.
export let gainPrior: f64 = 0;
export let gainSlack: f64 = 0;
export let lumaOffset: f64 = 0;
export let floorVariance: f64 = 0;
export let outlierVariances: f64 = 0;
export let jitter: f64 = 0;
export let learnRate: f64 = 0;
export let forgetRate: f64 = 0;
export let learnVarianceRate: f64 = 0;
export let forgetVarianceRate: f64 = 0;
