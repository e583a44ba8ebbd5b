/**
 * The kernel as WebAssembly SIMD, in AssemblyScript; `npm run generate` compiles it into ../code.ts.
 */
export * from "./memory";
export { contrastOf, lumaOf } from "./contrast";
export { weigh } from "./evidence";
export { learn } from "./background";
export { least, spread, support } from "./cells";
