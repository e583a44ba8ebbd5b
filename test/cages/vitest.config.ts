/**
 * The package's units under systemd, on a kernel with lines, a camera and memory limits.
 *
 * Runs in the guest only (scripts/test/guest.ts boots it with systemd): it installs a package.
 */
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: join(import.meta.dirname, "../.."),
  test: {
    include: ["test/cages/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 1,
    // One process and one shell for all files: a new one costs many seconds in the guest.
    isolate: false,
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
