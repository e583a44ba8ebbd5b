/**
 * Modules: the few packages that the bundle leaves outside, with everything that they need in turn.
 *
 * Only what runs is copied: no sources to build from, no type declarations, no maps. Licences stay.
 */
import { cpSync, existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { Fault } from "../../hal/fault.ts";

const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()).optional() });
const runs = /\.(?:c?js|mjs|json|node|css|html|png|svg|ico)$/u;
const keeps = /^(?:licen[cs]e|notice|copying)/iu;
/** What onnxruntime-node needs to install itself for other machines, and never while it runs. */
const installsOnly = new Set(["adm-zip", "global-agent"]);
/** To build or install them, or of no use here; their binaries come by themselves (tree.ts). */
const leftOut =
  /^onnxruntime-(?:node\/(?:bin|lib|script)|common\/(?:lib|dist\/esm))(?:\/|$)|^koffi\/(?:vendor|doc|cnoke\.cjs)|^node-datachannel\/(?:src|dist\/types|dist\/(?:cjs|esm)\/polyfill)(?:\/|$)|\/(?:tests?|examples?|\.github|benchmarks?)\//u;

/** Folders of packages, and of what they depend on, below `root`/node_modules. */
export function closureOf(names: readonly string[], root: string): string[] {
  const found = new Set<string>();
  const add = (name: string, from: string): void => {
    const folder = resolve(name, from, root);
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {} } = packageSchema.parse(
      JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
    );
    for (const each of Object.keys(dependencies)) if (!installsOnly.has(each)) add(each, folder);
  };
  for (const name of names) add(name, root);
  return [...found].sort();
}

/** As Node looks for it: beside the package that asks, then further up. */
function resolve(name: string, from: string, root: string): string {
  for (let at = from; at.startsWith(root); at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  throw new Fault("not-found", `${name} is not installed`, { hint: "npm ci --include=optional" });
}

export function copyModules(folders: readonly string[], root: string, into: string): void {
  const modules = join(root, "node_modules");
  for (const folder of folders)
    cpSync(folder, join(into, relative(modules, folder)), {
      recursive: true,
      filter: (path) => {
        const name = relative(modules, path);
        if (path !== folder && basename(path) === "node_modules") return false; // those in the closure come by themselves
        if (leftOut.test(`${name}/`) || name.endsWith(".d.ts")) return false;
        return statSync(path).isDirectory() || runs.test(path) || keeps.test(basename(path));
      },
    });
}
