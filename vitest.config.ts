import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What needs a kernel of its own, with lines and cameras: `npm test` runs it in the guest.
    exclude: ["test/hardware/**", "test/cages/**"],
    // onnxruntime tells its makers nothing from here either (models/runner/command.ts)
    env: { ORT_DISABLE_TELEMETRY: "1" },
    pool: "forks",
    maxWorkers: 2,
    // Node strips types with WebAssembly, in the store's thread too; V8 replaces the way from there to JavaScript after 1,000
    // calls, and freeing the old one sometimes ends the process (a core of this says: Runtime_TierUpWasmToJSWrapper,
    // then jit_page.has_value(); nodejs/node#64500). Three whole runs lost a file each to it. So: never replace it.
    execArgv: ["--wasm-wrapper-tiering-budget=2147483647"],
    // A test that hangs is told; a machine that is busy is none of its faults.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A state is waited for as long as a busy machine takes; vitest's own is one second.
    expect: { poll: { timeout: 60_000, interval: 20 } },
  },
});
