/**
 * Bundle: the daemon's sources and what they import, put together into a few files.
 *
 * `./sill` starts .cache/sill/main.js while no source is newer, and the sources themselves
 * otherwise: nothing but start-up time and memory differ (a process of the house then loads one
 * file instead of some hundreds, without what nobody calls). The folder is two levels deep like
 * daemon/keeper, so that paths relative to a module mean the same. Left outside: koffi, onnxruntime-node and
 * node-datachannel, which are native, and the API's documentation, which reads files of its own when somebody asks for it.
 */
import { utimesSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
/** Another folder for the package (scripts/package). */
const outDir = process.argv[2] ?? join(root, ".cache", "sill");
/** What is edited while this runs must count as newer. */
const startedS = Date.now() / 1_000;

await build({
  configFile: false,
  root,
  logLevel: "warn",
  publicDir: false,
  ssr: {
    target: "node",
    noExternal: true,
    external: ["koffi", "node-datachannel", "onnxruntime-node", "@fastify/swagger", "@fastify/swagger-ui"],
  },
  build: {
    ssr: true,
    target: "node24",
    outDir,
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        main: join(root, "daemon/cli/main.ts"),
        worker: join(root, "daemon/keeper/store/worker.ts"),
        ear: join(root, "hal/gst/ear.ts"),
        talk: join(root, "daemon/talk/talk.ts"),
        runner: join(root, "models/runner/main.ts"),
        "calibration-worker": join(root, "daemon/keeper/calibration/calibration-worker.ts"),
      },
      // names stay, for the stack in a bug report
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        minify: { compress: true, mangle: false, codegen: true },
      },
    },
  },
});
utimesSync(join(outDir, "main.js"), startedS, startedS);
