import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What talks to a real kernel's lines and cameras: `npm run test:hardware`.
    exclude: ["test/hardware/**"],
    pool: "forks",
    maxWorkers: 2,
    // A test that hangs is told; a machine that is busy is none of its faults.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
