/**
 * Scenes: what the look at the scene costs, which happens once a second between two frames.
 */
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { createSceneMaker } from "../../../daemon/eye/what/scene-of.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import { changesBetween } from "../../../daemon/sight/what/changes.ts";
import { Fault } from "../../../hal/fault.ts";
import type { FrameGeometry } from "../../../hal/frame.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import { cpuPerCall } from "../cpu.ts";
import { porchFrames } from "../porch-frames.ts";

/** CPU ms to compare a scene with the one that is remembered. */
export function sceneCost(size: FrameGeometry): number {
  const opening = rasteriseOpening(size, porchPolicy);
  const masker = createMasker(opening);
  const maker = createSceneMaker(size, opening.luma);
  const memory = createPlainMemory(size.width, size.height);
  const [before, ...scenes] = porchFrames(size.width, size.height).map((raw) =>
    maker.of(masker.apply(raw, memory)),
  );
  if (before === undefined) throw new Fault("bug", "the porch shows nothing");
  return cpuPerCall((call) => {
    const now = scenes[call % scenes.length];
    if (now !== undefined) changesBetween(before, now);
  }, 500);
}
