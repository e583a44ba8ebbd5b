/** Hidden cells: the motion cells of a picture in which a mask leaves no pixel. For tests. */
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { boxOf, gridOf } from "../../daemon/sight/grid.ts";
import type { FrameGeometry } from "../../hal/frame.ts";

export function hiddenCells(size: FrameGeometry, shape: MaskShape): number[] {
  const grid = gridOf(size);
  const { starts, spans } = rasteriseOpening(size, shape).luma;
  const visible = new Set<string>();
  for (let y = 0; y < size.height; y += 1)
    for (let i = starts[y] ?? 0; i < (starts[y + 1] ?? 0); i += 2)
      for (let x = spans[i] ?? 0; x < (spans[i + 1] ?? 0); x += 1) visible.add(`${x} ${y}`);
  const cells = Array.from({ length: grid.cols * grid.rows }, (_, k) => k);
  return cells.filter((k) => {
    const [col, row] = [k % grid.cols, Math.floor(k / grid.cols)];
    const [left, top, width, height] = boxOf(grid, [col, row, col, row]);
    for (let y = top; y < top + height; y += 1)
      for (let x = left; x < left + width; x += 1) if (visible.has(`${x} ${y}`)) return false;
    return true;
  });
}
