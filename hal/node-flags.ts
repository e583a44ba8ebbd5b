/**
 * Node flags: what every process of Sill is started with.
 *
 * The units of the package (scripts/package/debian/units) say the same.
 */
export const nodeFlags = [
  "--disable-warning=ExperimentalWarning",
  // a small young generation: 20 MB less in keeper and eye each, for a little more collecting
  "--max-semi-space-size=1",
  // V8 sometimes ends the process where it frees what it replaced (vitest.config.ts); so nothing is replaced
  "--wasm-wrapper-tiering-budget=2147483647",
] as const;
