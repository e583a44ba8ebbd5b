/**
 * Paired: one scene before the doorbell's own motion detection and before the porch's PIR, at the same times.
 *
 * Of the picture the most that any cell is worth in each frame (a level, daemon/sight/levels.ts) is kept: all
 * that rules for the one zone "everywhere" can ask for.
 */
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import type { PirPlan } from "../../../hal/sim/porch/script.ts";
import type { Labels } from "../sight/labels.ts";
import { ownMotion } from "../sight/ours.ts";
import { watchSpan } from "../sight/porch-scenes.ts";
import { type PairedPlan, sceneMs } from "./scenes.ts";

export interface Paired {
  readonly labels: Labels;
  /** Per frame. */
  readonly levels: readonly number[];
  /** From the scene's first frame on; the first one says how it was then. */
  readonly edges: readonly PirPlan[];
}

const levelOf = ownMotion("levels", ({ levels }) => levels.reduce((most, level) => Math.max(most, level), 0));

export async function playPaired({ id, settings: porchSettings }: PairedPlan): Promise<Paired> {
  const porch = createPorch(porchSettings, { width: 640, height: 360 });
  const { from, to } = sceneMs;
  const { labels, evidence } = await watchSpan({ id, porch, fromMs: from, toMs: to }, [levelOf]);
  const edges = porch.script.pirEdges(from, to).map(({ atMs, active }) => ({ atMs: atMs - from, active }));
  const first = { atMs: 0, active: porch.script.pirActiveAt(from) };
  return { labels, levels: evidence[0] ?? [], edges: [first, ...edges] };
}
