/**
 * Asked: what a model says of crops, through the doorbell's own way: cut and scaled, in its process, decoded.
 */
import type { I420, MaskedFrame } from "../../../hal/frame.ts";
import type { BoxPx } from "../../../hal/geometry.ts";
import type { Detector, Found } from "../../../models/detector.ts";
import { labels, type Label } from "../../../models/labels.ts";
import type { LoadedModel } from "../../../models/load.ts";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { wholePicture } from "../../../daemon/eye/mask/whole-picture.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import { cropSide, type Crop } from "./crops.ts";

/** Nothing is hidden: these pictures are given as they are. */
export function openFrame(picture: I420): MaskedFrame {
  const { width, height } = picture;
  const masker = createMasker(rasteriseOpening({ width, height }, wholePicture));
  return masker.apply({ ...picture, ptsUs: 0, sequence: 0 }, createPlainMemory(width, height));
}

/** By label, how sure the model is of each crop, in the crops' order. */
export async function askedOf(
  detector: Detector,
  { manifest }: LoadedModel,
  crops: readonly Crop[],
): Promise<Readonly<Partial<Record<Label, number>>>[]> {
  const region = regionFor(manifest.task === "classify" ? manifest.input.context : 1);
  const said: Partial<Record<Label, number>>[] = [];
  for (const { picture } of crops)
    said.push(scoresOf(await detector.detect(openFrame(picture), [region], AbortSignal.timeout(60_000))));
  return said;
}

/** The region whose square with its context is the whole crop. */
function regionFor(context: number): BoxPx {
  const side = cropSide / context;
  const at = (cropSide - side) / 2;
  return [at, at, side, side];
}

/** A classifier's shares; of a detector's boxes the surest of each label. */
function scoresOf(found: readonly Found[]): Partial<Record<Label, number>> {
  const scores: Partial<Record<Label, number>> = {};
  for (const { label, score, shares } of found) {
    if (shares === undefined) scores[label] = Math.max(scores[label] ?? 0, score);
    else for (const [at, each] of labels.entries()) scores[each] = shares[at] ?? 0;
  }
  return scores;
}
