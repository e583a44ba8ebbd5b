/**
 * Cells: neighbourhoods of bytes, 16 cells at a time. Twin: ../../cells.ts.
 *
 * A row's last vector runs over into the next row, which is written after it; behind every array
 * of bytes are 16 to spare.
 */
import { across, cols, hasLeft, hasRight, rows } from "./memory";

/** Bytes from one row of maxima to the next; there is a row of zeros above and below. */
function pitch(): usize {
  return <usize>((cols + 15) & ~15);
}

/** Larger of the left and the right neighbour in the same row. */
function beside(at: usize, col: usize): v128 {
  const left = v128.and(v128.load(at - 1), v128.load(hasLeft + col));
  const right = v128.and(v128.load(at, 1), v128.load(hasRight + col));
  return i8x16.max_u(left, right);
}

function spreadAcross(from: usize): void {
  const step = pitch();
  let to = across + step;
  let line = from;
  for (let row = 0; row < rows; row++) {
    for (let col: usize = 0; col < step; col += 16) {
      v128.store(to + col, i8x16.max_u(v128.load(line + col), beside(line + col, col)));
    }
    line += cols;
    to += step;
  }
}

/** `to` = largest of every cell and its neighbours; may be `from`. */
export function spread(from: usize, to: usize): void {
  spreadAcross(from);
  const step = pitch();
  let here = across + step;
  for (let row = 0; row < rows; row++) {
    for (let col: usize = 0; col < step; col += 16) {
      const at = here + col;
      const most = i8x16.max_u(v128.load(at - step), v128.load(at + step));
      v128.store(to + col, i8x16.max_u(v128.load(at), most));
    }
    to += cols;
    here += step;
  }
}

/** `to` = what a cell and at least one neighbour both have; not `from`. */
export function support(from: usize, to: usize): void {
  spreadAcross(from);
  const step = pitch();
  let here = across + step;
  for (let row = 0; row < rows; row++) {
    for (let col: usize = 0; col < step; col += 16) {
      const at = here + col;
      const most = i8x16.max_u(v128.load(at - step), v128.load(at + step));
      const near = i8x16.max_u(most, beside(from + col, col));
      v128.store(to + col, i8x16.min_u(v128.load(from + col), near));
    }
    from += cols;
    to += cols;
    here += step;
  }
}

/** `to` = the lesser of both, cell by cell; may be either. */
export function least(one: usize, other: usize, to: usize): void {
  const end = <usize>(cols * rows);
  for (let k: usize = 0; k < end; k += 16) {
    v128.store(to + k, i8x16.min_u(v128.load(one + k), v128.load(other + k)));
  }
}
