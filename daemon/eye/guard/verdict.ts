/**
 * Verdict: what one look says about the camera.
 *
 * here: the scene is where it was, within the limits. away: it is surely somewhere else.
 * unseen: hidden, too dim, or another scene; `bare` when there is hardly an edge to compare.
 */
import { displacementAt, type Pose, type Sighting } from "./pose.ts";
import type { SketchGrid } from "./sketch.ts";
import { tuning } from "./tuning.ts";

export type Verdict = "here" | "away" | "unseen";

export function verdictOf(sighting: Sighting, grid: Pick<SketchGrid, "cols" | "rows">): Verdict {
  const { clear, clearHere } = sighting;
  const within = isWithin(sighting, grid);
  const ahead = clear - clearHere >= tuning.leadClear;
  if (clear >= tuning.sureClear && (within || ahead)) return within ? "here" : "away";
  return clearHere >= tuning.hereClear && (within || !ahead) ? "here" : "unseen";
}

/** Of the middle, of the roll, and of whatever corner moved most. */
export function isWithin(pose: Pose, { cols, rows }: Pick<SketchGrid, "cols" | "rows">): boolean {
  const [x, y] = [cols / 2, rows / 2];
  const corners = [
    { x, y },
    { x: -x, y },
    { x, y: -y },
    { x: -x, y: -y },
  ].map((corner) => displacementAt(pose, corner));
  const farthest = Math.max(...corners.map(({ dx, dy }) => Math.hypot(dx, dy)));
  return (
    Math.hypot(pose.dx, pose.dy) <= tuning.limitShiftFrac * cols &&
    Math.abs(pose.roll) <= tuning.limitRoll &&
    farthest <= tuning.limitCornerFrac * cols
  );
}
