/**
 * The list of checks, and running them all.
 *
 * The tools start first and run beside the checkers in this process. A checker that throws has
 * failed; it never hides the others.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "../../config/generate.ts";
import { kernelCode } from "../kernel-code.ts";
import { checkCycles } from "./cycles.ts";
import { checkDirections } from "./directions.ts";
import { readTexts, repositoryPaths } from "./files.ts";
import { checkEyeWrites } from "./eye-writes.ts";
import { checkGenerated } from "./generated.ts";
import { checkInstallScripts } from "./install-scripts.ts";
import { checkLateKeyboard } from "./late-keyboard.ts";
import { checkLeaks } from "./leaks.ts";
import { checkMaskedCast } from "./masked-cast.ts";
import { checkOutbound } from "./outbound.ts";
import { checkRawFrames } from "./raw-frames.ts";
import { checkReadmes } from "./readmes.ts";
import { isTypeScript, parseSource, type Finding, type Source, type TextFile } from "./source.ts";
import { runTool } from "./tools.ts";

export interface CheckResult {
  readonly name: string;
  readonly tookMs: number;
  /** Empty = passed. */
  readonly problems: readonly string[];
}

/** What the checkers look at, read once. */
interface Repository {
  readonly root: string;
  readonly paths: readonly string[];
  readonly texts: readonly TextFile[];
  readonly sources: readonly Source[];
  readonly textOf: (path: string) => string;
}

interface Checker {
  readonly name: string;
  readonly find: (repository: Repository) => readonly Finding[] | Promise<readonly Finding[]>;
}

const checkers: readonly Checker[] = [
  { name: "import directions", find: ({ sources }) => checkDirections(sources) },
  { name: "import cycles", find: ({ sources }) => checkCycles(sources) },
  { name: "one cast to MaskedFrame", find: ({ sources }) => checkMaskedCast(sources) },
  { name: "raw frames", find: ({ sources }) => checkRawFrames(sources) },
  { name: "what the eye writes", find: ({ sources }) => checkEyeWrites(sources) },
  { name: "outbound sockets", find: ({ sources }) => checkOutbound(sources) },
  { name: "the keyboard moves with the page", find: ({ sources }) => checkLateKeyboard(sources) },
  {
    name: "a README in every folder",
    find: ({ paths, texts }) =>
      checkReadmes(
        paths,
        texts.filter(({ path }) => path.endsWith("README.md")),
      ),
  },
  {
    name: "generated files",
    find: async ({ root, texts }) => checkGenerated([...generatedFiles(), await kernelCode(root)], texts),
  },
  { name: "registry hosts and machine paths", find: ({ texts }) => checkLeaks(texts) },
  {
    name: "install scripts",
    find: ({ textOf }) =>
      checkInstallScripts({
        npmrc: textOf(".npmrc"),
        manifest: textOf("package.json"),
        lock: textOf("package-lock.json"),
      }),
  },
];

const tools: readonly (readonly [string, readonly [string, ...string[]]])[] = [
  ["types", ["tsc", "-p", "."]],
  ["lint", ["oxlint", "--type-aware", "--deny-warnings", "."]],
  ["format", ["oxfmt", "--check", "."]],
];

export async function runChecks(root: string): Promise<CheckResult[]> {
  const slow = tools.map(([name, command]) => timed(name, () => runTool(root, command)));
  const paths = await repositoryPaths(root);
  const texts = readTexts(root, paths);
  const repository: Repository = {
    root,
    paths,
    texts,
    sources: texts.filter(({ path }) => isTypeScript(path)).map(parseSource),
    textOf: (path) => readFileSync(join(root, path), "utf8"),
  };
  const fast = checkers.map(({ name, find }) =>
    timed(name, async () =>
      (await find(repository)).map(({ path, line, message }) => `${path}:${line}: ${message}`),
    ),
  );
  return Promise.all([...slow, ...fast]);
}

async function timed(name: string, check: () => Promise<string[]>): Promise<CheckResult> {
  const startMs = performance.now();
  try {
    const problems = await check();
    return { name, tookMs: performance.now() - startMs, problems };
  } catch (error) {
    return { name, tookMs: performance.now() - startMs, problems: [String(error)] };
  }
}
