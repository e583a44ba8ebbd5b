/**
 * Mask: what a line that somebody took trouble with costs at 1080p, beside the pipeline bench's
 * simple one: 64 corners, in and out of bushes, and 8 privacy zones.
 */
import { createMasker } from "../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../daemon/eye/mask/memory.ts";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { Fault } from "../../hal/fault.ts";
import type { Polygon } from "../../hal/geometry.ts";
import { newPicture } from "../../hal/sim/picture.ts";
import { cpuPerCall, median } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const size = { width: 1920, height: 1080 };
const rounds = 9;
const calls = 300;
/** Blocks that camera and encoder lend in turns. */
const cameraBlocks = 6;
const encoderBlocks = 4;

export function benchMask(): Figure[] {
  const masker = createMasker(rasteriseOpening(size, corneredShape()));
  const raws = Array.from({ length: cameraBlocks }, (_, i) => ({
    ...newPicture(size),
    ptsUs: i,
    sequence: i,
  }));
  const memories = Array.from({ length: encoderBlocks }, () => createPlainMemory(size.width, size.height));
  const perCall = (): number =>
    cpuPerCall((call) => {
      const [raw, memory] = [raws[call % raws.length], memories[call % memories.length]];
      if (raw === undefined || memory === undefined) throw new Fault("bug", "no frame to measure with");
      masker.apply(raw, memory);
    }, calls);
  const ms = median(Array.from({ length: rounds }, perCall));
  return [figure("mask.64v8z.1080p.ms", ms, { unit: "ms CPU", goal: 0.25 })];
}

/** A toothed ring of 64 corners around a good half of the picture, 8 zones of 8 corners in it. */
function corneredShape(): MaskShape {
  const line = ring(64, { at: [0.5, 0.55], radius: [0.45, 0.4], tooth: 0.06 });
  const zones = Array.from({ length: 8 }, (_, i) =>
    ring(8, { at: [0.2 + 0.08 * i, 0.35 + 0.05 * (i % 4)], radius: [0.03, 0.04], tooth: 0.05 }),
  );
  return { propertyLine: line, privacyZones: zones };
}

interface Ring {
  readonly at: readonly [number, number];
  readonly radius: readonly [number, number];
  readonly tooth: number;
}

function ring(corners: number, { at: [x, y], radius: [rx, ry], tooth }: Ring): Polygon {
  return Array.from({ length: corners }, (_, i) => {
    const [turn, reach] = [(2 * Math.PI * i) / corners, 1 + (i % 2 === 0 ? tooth : -tooth)];
    return [x + rx * reach * Math.cos(turn), y + ry * reach * Math.sin(turn)] as const;
  });
}
