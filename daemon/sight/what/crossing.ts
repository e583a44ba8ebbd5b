/**
 * Crossing: did this track come over the property line, inwards?
 *
 * Outside the line everything is masked, so who comes over it begins at it: the first box touches the line. Inwards is
 * where the feet (the middle of the box's lower side) go away from the line without the box becoming smaller. Heads are no
 * help: a camera at eye height sees every head over the line.
 */
import { areaOf, type Box } from "./box.ts";
import type { Edge } from "./edge.ts";
import { whatIs, type Track } from "./track.ts";

/** So much further from the line than at first, in heights of the picture. */
const inwards = 0.08;

export function crossed(track: Track, edge: Edge): boolean {
  if (!track.fromLine || track.held) return false;
  const label = whatIs(track)?.label;
  if (label !== "person" && label !== "vehicle") return false;
  const further = edge.lineDistance(feetOf(track.box)) - edge.lineDistance(feetOf(track.first));
  return further >= inwards && areaOf(track.box) >= areaOf(track.first);
}

function feetOf([x, y, w, h]: Box): Box {
  return [x + w / 2, y + h, 0, 0];
}
