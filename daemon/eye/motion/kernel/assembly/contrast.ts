/**
 * Contrast and luma of the patch sums, four cells at a time. Twin: ../../contrast.ts. Whole numbers.
 */
import { luma, cols, rows, size, stride, sums } from "./memory";

/** Of plane `index`: 4 x patch - its neighbours, rim included. */
function contrastOfPlane(index: i32, to: usize): void {
  const row = index / 3;
  const col = index % 3;
  const bytes = (<usize>size) << 1;
  const here = sums + <usize>index * bytes;
  const line = (<usize>stride) << 1;
  const left = col > 0 ? here - bytes : here + 2 * bytes - 2;
  const right = col < 2 ? here + bytes : here - 2 * bytes + 2;
  const above = row > 0 ? here - 3 * bytes : here + 6 * bytes - line;
  const below = row < 2 ? here + 3 * bytes : here - 6 * bytes + line;
  const end = line * <usize>(rows + 1);
  for (let at = line; at < end; at += 8) {
    const beside = i32x4.add(v128.load16x4_u(left + at), v128.load16x4_u(right + at));
    const over = i32x4.add(v128.load16x4_u(above + at), v128.load16x4_u(below + at));
    const most = i32x4.shl(v128.load16x4_u(here + at), 2);
    const value = i32x4.sub(most, i32x4.add(beside, over));
    v128.store(to + (at << 1), f32x4.convert_i32x4_s(value));
  }
}

/** Fills nine planes of contrast from `sums`. */
export function contrastOf(to: usize): void {
  const bytes = (<usize>size) << 2;
  for (let index = 0; index < 9; index++) contrastOfPlane(index, to + <usize>index * bytes);
}

/** Sum of the nine patches of every cell; the rim stays 0. */
export function lumaOf(): void {
  const bytes = (<usize>size) << 1;
  const line = (<usize>stride) << 1;
  const end = line * <usize>(rows + 1);
  for (let at = line; at < end; at += 8) {
    let total = v128.load16x4_u(sums + at);
    for (let index = 1; index < 9; index++) {
      total = i32x4.add(total, v128.load16x4_u(sums + at + <usize>index * bytes));
    }
    v128.store(luma + (at << 1), f32x4.convert_i32x4_s(total));
  }
  for (let row = 1; row <= rows; row++) {
    const first = luma + ((<usize>(row * stride)) << 2);
    store<f32>(first, 0);
    for (let col = cols + 1; col < stride; col++) store<f32>(first + ((<usize>col) << 2), 0);
  }
}
