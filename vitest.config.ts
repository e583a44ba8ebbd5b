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
    // Node 24's baseline compiler leaves a slot behind that the garbage collector may trip over: some process of some
    // thousand ends with SIGSEGV, whatever it runs (nodejs/node#62393). Two of three whole runs here lost one.
    execArgv: ["--no-sparkplug"],
    // A test that hangs is told; a machine that is busy is none of its faults.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A state is waited for as long as a busy machine takes; vitest's own is one second.
    expect: { poll: { timeout: 60_000, interval: 20 } },
  },
});
