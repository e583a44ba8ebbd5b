/**
 * Kernel: the arithmetic per patch and cell, twice: as WebAssembly SIMD and in plain TypeScript.
 *
 * Both leave the same bits in the same memory after every call, whatever the picture; the plain one
 * is the oracle of the other and runs where WebAssembly SIMD is missing.
 */
import { ratesOf } from "../background.ts";
import type { Grid } from "../../../sight/grid.ts";
import type { Tuning } from "../tuning.ts";
import { layOut, memoryBytes, shapeOf, type KernelMemory, type Spare } from "./memory.ts";
import type { KernelNumbers, KernelOps } from "./ops.ts";
import { createPlainOps } from "./plain.ts";
import { createSimdOps, simdRuns } from "./simd.ts";

const kernelKinds = ["simd", "plain"] as const;
export type KernelKind = (typeof kernelKinds)[number];

export interface Kernel extends KernelOps {
  readonly kind: KernelKind;
  readonly memory: KernelMemory;
}

export interface KernelOptions {
  readonly grid: Grid;
  readonly tuning: Tuning;
  readonly fps: number;
  readonly spare: Spare;
  /** Absent = the quickest that runs here. */
  readonly kind?: KernelKind | undefined;
}

export function quickestKernel(): KernelKind {
  return simdRuns() ? "simd" : "plain";
}

export function createKernel({ grid, tuning, fps, spare, kind = quickestKernel() }: KernelOptions): Kernel {
  const shape = shapeOf(grid);
  const bytes = memoryBytes(shape, spare);
  const numbers = numbersOf(tuning, fps);
  if (kind === "plain") {
    const memory = layOut(new ArrayBuffer(bytes), shape);
    return { kind, memory, ...createPlainOps(memory, numbers) };
  }
  const pages = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
  const memory = layOut(pages.buffer, shape);
  return { kind, memory, ...createSimdOps(pages, memory, numbers) };
}

function numbersOf(tuning: Tuning, fps: number): KernelNumbers {
  const { gainPrior, gainSlack, lumaOffset, floorVariance, outlierVariances, jitterFrac } = tuning;
  const jitter = jitterFrac * jitterFrac;
  return {
    gainPrior,
    gainSlack,
    lumaOffset,
    floorVariance,
    outlierVariances,
    jitter,
    ...ratesOf(tuning, fps),
  };
}
