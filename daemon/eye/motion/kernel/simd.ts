/**
 * The SIMD kernel: compiles code.ts once per process, and gives every detector an instance of its own.
 */
import { assert } from "../../../../hal/fault.ts";
import { simdCode } from "./code.ts";
import type { KernelNumbers, KernelOps } from "./ops.ts";
import { roundUp, type KernelMemory } from "./memory.ts";

/** Addresses in, nothing out. */
interface Exports {
  contrastOf(to: number): void;
  lumaOf(): void;
  weigh(contrast: number, before: number): void;
  learn(contrast: number, first: number): void;
  spread(from: number, to: number): void;
  support(from: number, to: number): void;
  least(one: number, other: number, to: number): void;
}

let compiled: WebAssembly.Module | null | undefined;

/** Null where this runtime has no WebAssembly or no SIMD in it. */
function moduleHere(): WebAssembly.Module | null {
  if (compiled === undefined) compiled = compile();
  return compiled;
}

function compile(): WebAssembly.Module | null {
  if (!("WebAssembly" in globalThis)) return null;
  const bytes = Uint8Array.from(Buffer.from(simdCode, "base64"));
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

export function simdRuns(): boolean {
  return moduleHere() !== null;
}

/** Fault `bug` where it does not run; ask simdRuns first. */
export function createSimdOps(
  pages: WebAssembly.Memory,
  memory: KernelMemory,
  numbers: KernelNumbers,
): KernelOps {
  const module = moduleHere();
  assert(module !== null, "the SIMD kernel was asked for where it does not run");
  const { exports } = new WebAssembly.Instance(module, { env: { memory: pages } });
  setGlobals(exports, { ...memory.shape, ...addressesOf(memory), ...numbers });
  const call = exports as unknown as Exports;
  return {
    contrast(to) {
      call.contrastOf(to.byteOffset);
      call.lumaOf();
    },
    weigh: (contrast, before) => call.weigh(contrast.byteOffset, before.byteOffset),
    learn: (contrast, first) => call.learn(contrast.byteOffset, first),
    spread: (from, to) => call.spread(from.byteOffset, to.byteOffset),
    support: (from, to) => call.support(from.byteOffset, to.byteOffset),
    least: (one, other, to) => call.least(one.byteOffset, other.byteOffset, to.byteOffset),
  };
}

function addressesOf(memory: KernelMemory): Record<string, number> {
  const { cols, rows } = memory.shape;
  const pitch = roundUp(cols, 16);
  const hasLeft = memory.block(pitch);
  const hasRight = memory.block(pitch);
  hasLeft.fill(255, 1, cols);
  hasRight.fill(255, 0, cols - 1);
  const arrays = Object.entries(memory).filter(([, value]) => ArrayBuffer.isView(value));
  return {
    ...Object.fromEntries(arrays.map(([name, array]) => [name, array.byteOffset])),
    hasLeft: hasLeft.byteOffset,
    hasRight: hasRight.byteOffset,
    across: memory.block((rows + 2) * pitch).byteOffset,
  };
}

/** Every global of the code must be given: a name that is missing here is our mistake. */
function setGlobals(exports: WebAssembly.Exports, values: Readonly<Record<string, unknown>>): void {
  for (const [name, global] of Object.entries(exports)) {
    if (!(global instanceof WebAssembly.Global)) continue;
    assert(name in values, `nobody gives the kernel its ${name}`);
    global.value = values[name];
  }
}
