/**
 * Shadow: darkens the ground, and nothing that stands on it.
 *
 * A pixel is ground when its distance is that of the porch floor or the garden in its row.
 */
import { blackLuma } from "./canvas.ts";
import type { Brush } from "./brush.ts";
import { groundM, plan, view } from "./plan.ts";
import type { Shape } from "./shape.ts";

const shadowBlockPx = 12;

export interface Shadow {
  readonly shape: Shape;
  /** 0..1 */
  readonly strength: number;
  /** Half the width of the edge, canvas units. */
  readonly soft: number;
  /** Stage mask of a sun: only as far as it shines there. Null: everywhere. */
  readonly mask: Uint8Array | null;
}

export function paintShadow(brush: Brush, shadow: Shadow): void {
  const { shape, soft } = shadow;
  const { x0, x1, y0, y1 } = brush.reach({
    left: shape.left - soft,
    top: shape.top - soft,
    right: shape.right + soft,
    bottom: shape.bottom + soft,
  });
  for (let by = y0; by < y1; by += shadowBlockPx) {
    for (let bx = x0; bx < x1; bx += shadowBlockPx) {
      const half = shadowBlockPx / 2;
      const d = shape.probe((bx + half) * brush.stepX, (by + half) * brush.stepY);
      if (d > half * brush.diagonal + soft) continue;
      const toX = Math.min(x1, bx + shadowBlockPx);
      const toY = Math.min(y1, by + shadowBlockPx);
      for (let py = by; py < toY; py += 1) shadowRow(brush, shadow, { py, fromX: bx, toX });
    }
  }
}

function shadowRow(brush: Brush, shadow: Shadow, row: { py: number; fromX: number; toX: number }): void {
  const { py, fromX, toX } = row;
  const { canvas, stage } = brush;
  const { shape, strength, soft, mask } = shadow;
  const cy = (py + 0.5) * brush.stepY;
  const down = cy - view.horizonY;
  const edgeCm = 100 * plan.porch.edgeZ;
  const groundAt = (100 * view.focal * (view.eyeM - groundM)) / down;
  const floorAt = (100 * view.focal * view.eyeM) / down;
  const groundCm = groundAt > edgeCm ? groundAt : Number.POSITIVE_INFINITY;
  const floorCm = floorAt > 0 && floorAt <= edgeCm + 1 ? floorAt : Number.POSITIVE_INFINITY;
  const cast = mask !== null;
  for (let px = fromX; px < toX; px += 1) {
    const i = py * stage.width + px;
    const sunny = cast ? (mask[i] as number) : 160;
    if (sunny < 4) continue;
    const depth = stage.depth[i] as number;
    if (Math.abs(depth - groundCm) > 20 && Math.abs(depth - floorCm) > 12) continue;
    const d = shape.probe((px + 0.5) * brush.stepX, cy);
    if (d >= soft) continue;
    const cover = d <= -soft ? 1 : 0.5 - d / (2 * soft);
    const o = py * canvas.stride + px;
    const above = (canvas.y[o] as number) - blackLuma;
    canvas.y[o] = blackLuma + ((above * (1 - strength * cover * (sunny < 160 ? sunny / 160 : 1)) + 0.5) | 0);
  }
}
