/**
 * `npm run test:hardware`: the suites that talk to a real kernel's lines and cameras.
 *
 * One file at a time: they share the machine's hardware. Not part of the plain run; `npm test`
 * runs them in the guest (scripts/rigs/guest).
 */
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["test/hardware/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
});
