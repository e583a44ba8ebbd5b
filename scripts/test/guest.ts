/**
 * The tests that need a kernel of their own, in the guest: prepare the kernel, boot, run, count.
 *
 * `test/hardware` runs as on a Pi; `test/cages` installs the package, so its guest has systemd.
 * A machine that cannot have a guest, or not within the time, skips them aloud: that is no failure
 * of what is tested. Once the guest has its kernel, everything that goes wrong is a failure.
 * In simulated time: no load on this machine can make a line late.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Fault } from "../../hal/fault.ts";
import { bootGuest, type GuestEnd } from "../rigs/guest/boot.ts";
import { parseCommandLine } from "../rigs/guest/options.ts";
import { guestCache, prepareKernel } from "../rigs/guest/prepare.ts";
import { run } from "../rigs/sill.ts";
import { tallyFileVariable } from "./reporter.ts";
import { addTallies, type Tally } from "./tally.ts";

/** For making the kernel, once; nothing when it is in the cache. */
const prepareLimitS = 12 * 60;
/** Two minutes on an idle machine; a loaded one is slower, and that is no failure. */
const runLimitS = 25 * 60;

export interface GuestTestOptions {
  readonly root: string;
  readonly vitest: readonly string[];
  /** Only the files whose path contains one of these. */
  readonly paths: readonly string[];
  say(line: string): void;
}

interface Suite {
  readonly folder: string;
  /** More words for the guest's command line; `folder` is seen in it. */
  words(folder: string, root: string): Promise<readonly string[]>;
}

const suites: readonly Suite[] = [
  { folder: "test/hardware", words: async () => [] },
  { folder: "test/cages", words: withPackage },
];

/** Is this word a path of theirs? */
export function isInGuest(word: string): boolean {
  return suites.some(({ folder }) => word.includes(folder));
}

export async function guestTests(options: GuestTestOptions): Promise<Tally> {
  let kernel: string;
  try {
    kernel = await preparedKernel(options);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { passed: 0, failed: 0, skipped: [`the tests in the guest: ${error.message}`] };
  }
  const tallies: Tally[] = [];
  for (const suite of suites) {
    const paths = options.paths.filter((path) => path.includes(suite.folder));
    if (paths.length === 0 && options.paths.length > 0) continue;
    tallies.push(await runSuite(kernel, suite, { ...options, paths }));
  }
  return addTallies(tallies);
}

async function runSuite(kernel: string, suite: Suite, options: GuestTestOptions): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "sill-guest-tests-"));
  try {
    return await runInGuest(kernel, { folder, suite, options });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Built here: in the guest it would take minutes. */
async function withPackage(folder: string, root: string): Promise<readonly string[]> {
  const build = [join(root, "scripts/package/main.ts"), "--fast", "--arch=amd64", `--out=${folder}`];
  const { code, stderr } = await run([process.execPath, ...build]);
  const deb = (await readdir(folder)).find((name) => name.endsWith(".deb"));
  if (code !== 0 || deb === undefined) throw new Error(`no package for test/cages:\n${stderr}`);
  return ["--systemd", "--env", `CAGES_DEB=${join(folder, deb)}`];
}

async function preparedKernel(options: GuestTestOptions): Promise<string> {
  const prepare = { cache: guestCache(options.root), limitS: prepareLimitS };
  const kernel = await prepareKernel({ ...prepare, say: (line) => options.say(line) });
  if (kernel.made) options.say(`guest: its kernel was made in ${Math.round(kernel.tookMs / 1_000)} s`);
  return kernel.path;
}

interface Started {
  readonly folder: string;
  readonly suite: Suite;
  readonly options: GuestTestOptions;
}

async function runInGuest(kernel: string, { folder, suite, options }: Started): Promise<Tally> {
  const { root, vitest, paths } = options;
  const say = (line: string): void => options.say(line);
  const file = join(folder, "tally.json");
  // prettier-ignore
  const words = [...(await suite.words(folder, root)), "--simulated-time", "--memory", "1536", "--limit", String(runLimitS), "--share", folder,
    "--env", `${tallyFileVariable}=${file}`,
    "--", process.execPath, ...vitest, "--config", `${suite.folder}/vitest.config.ts`, ...paths];
  const { guest: wanted } = parseCommandLine(words, { cwd: root, env: process.env });
  const guest = await bootGuest(kernel, wanted, {
    stdout: (bytes) => process.stdout.write(bytes),
    stderr: (bytes) => process.stderr.write(bytes),
  });
  const end = await guest.ended;
  say(`guest: ${suite.folder} took ${Math.round(end.tookMs / 1_000)} s, its boot included`);
  return tallyOf(end, await readTally(file), say);
}

/** What the guest left counts; a guest that left none, or failed without a failed test, is one failure. */
export function tallyOf(end: GuestEnd, left: Tally | null, say: (line: string) => void): Tally {
  if (left !== null && (end.status === 0 || left.failed > 0)) return left;
  say(`test: the guest ended without a result (${end.reason}, ${end.status ?? "no status"})`);
  if (end.status === null) say(end.console.trimEnd());
  const before = left ?? { passed: 0, failed: 0, skipped: [] };
  return { ...before, failed: before.failed + 1 };
}

async function readTally(file: string): Promise<Tally | null> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Tally;
  } catch {
    return null;
  }
}
