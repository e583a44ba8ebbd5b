/**
 * Walk text: a walk as lines for a terminal.
 */
import type { Walk } from "../../wire/api-calibration.ts";
import { lengthText, timeText } from "../amounts.ts";
import { textTable } from "../table.ts";

export function walkLines(walk: Walk): string[] {
  const since = (wallMs: number | null): string =>
    wallMs === null ? "never" : `after ${lengthText(wallMs - walk.fromWallMs)}`;
  const zones = walk.perZone.map(({ name, seen, firstSeenWallMs, bestScore }) => [
    name,
    seen ? "seen" : "not seen",
    since(firstSeenWallMs),
    String(Math.round(bestScore)),
  ]);
  return [
    walk.seen ? `SEEN ${lengthText(walk.delayMs ?? 0)} after the first stir` : "NOT SEEN",
    "",
    ...textTable([
      ["from", timeText(walk.fromWallMs)],
      ["length", lengthText(walk.toWallMs - walk.fromWallMs)],
      ["light", walk.light],
      ["first stir", since(walk.firstStirWallMs)],
      ["first seen", since(walk.firstSeenWallMs)],
      ["seen while moving", `${Math.round(walk.seenFrac * 100)} %`],
    ]),
    "",
    ...textTable([["ZONE", "WALK", "FIRST SEEN", "SCORE"], ...zones], { right: [3] }),
  ];
}
