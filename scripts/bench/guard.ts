/**
 * Guard: does the mask notice that its camera was moved, does it leave the rest alone, and at what cost?
 */
import { Guard } from "../../daemon/eye/guard/guard.ts";
import { createMasker } from "../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import { porchFps } from "./clip.ts";
import { cpuPerCall } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";
import { clipResult, footageClips, type ClipResult } from "./guard-footage.ts";
import { porchTrials, porchWeek } from "./guard-porch.ts";
import type { Trial } from "./guard-watch.ts";
import { porchFrames } from "./porch-frames.ts";

const porchBumps = 20;
const clipBumps = 24;

export async function benchGuard(note: (line: string) => void): Promise<Figure[]> {
  const figures = [
    figure("guard.frame.ms", frameMs(1280, 720), { unit: "ms CPU", goal: 0.3 }),
    figure("guard.frame.1080p.ms", frameMs(1920, 1080), { unit: "ms CPU", goal: 0.3 }),
  ];
  note("  bumps at the porch: 2 % of the width or 1 degree, in every light");
  figures.push(...caught("porch", porchTrials(porchBumps)));
  note("  a week at the porch with nothing done to the camera");
  const { trips, worstClear } = porchWeek(0, note);
  figures.push(figure("guard.porch.trips_per_week", trips, { unit: "trips", goal: 1 }));
  figures.push(figure("guard.porch.worst.clear", worstClear, { unit: "sigma", goal: 4.5, atLeast: true }));
  const names = footageClips();
  note(names.length === 0 ? "  no real footage: ../shared/footage is not here" : "  real footage");
  const clips: ClipResult[] = [];
  for (const name of names) {
    const result = await clipResult(name, clipBumps);
    const { clip, looks, tripped, trials } = result;
    note(`    ${clip}: ${looks} looks, ${tripped ? "TRIPPED" : "quiet"}, ${sayCaught(trials)}`);
    clips.push(result);
  }
  if (clips.length > 0) {
    const trips = clips.filter(({ tripped }) => tripped).length;
    figures.push(figure("guard.footage.trips", trips, { unit: "clips", goal: 0 }));
    const trials = clips.flatMap((result) => result.trials);
    figures.push(...caught("footage", trials));
  }
  return figures;
}

function caught(where: string, trials: readonly Trial[]): Figure[] {
  const times = trials.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs]));
  return [
    figure(`guard.${where}.caught.frac`, times.length / trials.length, {
      unit: `of ${trials.length}`,
      goal: 0.99,
      atLeast: true,
    }),
    figure(`guard.${where}.slowest.ms`, Math.max(...times), { unit: "ms", goal: 2_000 }),
  ];
}

function sayCaught(trials: readonly Trial[]): string {
  if (trials.length === 0) return "too short to learn and bump";
  return `${trials.filter(({ tookMs }) => tookMs !== null).length} of ${trials.length} bumps caught`;
}

/** Averaged over all frames of a second of the busy porch: masking for the guard included, most frames are not looked at. */
function frameMs(width: number, height: number): number {
  const opening = rasteriseOpening({ width, height }, porchPolicy);
  const masker = createMasker(opening);
  const memory = createPlainMemory(width, height);
  const guard = new Guard({ size: { width, height }, visible: opening.luma, reference: null });
  const raws = porchFrames(width, height);
  return cpuPerCall((call) => {
    const raw = raws[call % raws.length];
    const ptsUs = Math.round((call * 1_000_000) / porchFps);
    if (raw === undefined || !guard.due(ptsUs)) return;
    guard.handle(masker.apply({ ...raw, ptsUs }, memory));
  }, 3_000);
}
