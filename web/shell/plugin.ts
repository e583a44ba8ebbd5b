/**
 * Plugin: builds the service worker beside the page, as one file that knows the names of all others.
 *
 * A worker that imports is not understood by every browser, so it is a build of its own. Its version is a hash of
 * everything that it keeps, so that it changes when, and only when, the page does.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import type { Shell } from "./keep.ts";

const entry = fileURLToPath(new URL("worker.ts", import.meta.url));
const publicFolder = fileURLToPath(new URL("../public/", import.meta.url));
/** Of what lies beside the page, what the page itself shows; the rest is for the system, which keeps it. */
const keptPublic = new Set(["favicon.svg", "manifest.webmanifest", "icon-192.png"]);

export function shellPlugin(): Plugin {
  return {
    name: "sill-shell",
    apply: "build",
    enforce: "post",
    // last: files without content are taken out again by those before
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const built = Object.values(bundle).map((each) => ({
          name: each.fileName,
          content: each.type === "chunk" ? each.code : each.source,
        }));
        const beside = readdirSync(publicFolder)
          .filter((name) => keptPublic.has(name))
          .map((name) => ({ name, content: readFileSync(`${publicFolder}${name}`) }));
        const files = [...built, ...beside].toSorted((a, b) => (a.name < b.name ? -1 : 1));
        const hash = createHash("sha256");
        for (const { name, content } of files) hash.update(`${name}\n`).update(content);
        const shell: Shell = {
          version: hash.digest("hex").slice(0, 16),
          files: files.map(({ name }) => (name === "index.html" ? "./" : name)),
        };
        this.emitFile({ type: "asset", fileName: "sw.js", source: await workerOf(shell) });
      },
    },
  };
}

async function workerOf(shell: Shell): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    define: { SHELL: JSON.stringify(shell) },
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: { input: entry, output: { format: "iife" } },
    },
  });
  const [chunk] = "output" in result ? result.output : [];
  if (chunk?.type !== "chunk") throw new Error("the service worker was not built into one file");
  return chunk.code;
}
