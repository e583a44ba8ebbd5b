/**
 * The plain kernel: the same arithmetic in TypeScript, file by file beside the SIMD one.
 */
import { learn } from "../background.ts";
import { least, spread, support } from "../cells.ts";
import { contrastOf, lumaOf } from "../contrast.ts";
import { weigh } from "../evidence.ts";
import type { KernelNumbers, KernelOps } from "./ops.ts";
import type { KernelMemory } from "./memory.ts";

export function createPlainOps(memory: KernelMemory, numbers: KernelNumbers): KernelOps {
  const { shape } = memory;
  const scratch = new Uint8Array(shape.cols * shape.rows);
  return {
    contrast(to) {
      contrastOf(memory.sums, shape, to);
      lumaOf(memory.sums, shape, memory.luma);
    },
    weigh: (contrast, before) => weigh(memory, { contrast, before }, numbers),
    learn: (contrast, first) => learn(memory, { contrast, first }, numbers),
    spread: (from, to) => spread(from, shape, { to, scratch }),
    support: (from, to) => support(from, shape, { to, scratch }),
    least,
  };
}
