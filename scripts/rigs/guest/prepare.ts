/**
 * Prepare: the guest's kernel, out of the cache or made now.
 *
 * tools -> download -> unpack -> configure -> build -> cache, under one time limit for all of it.
 * Kernels are kept in `.cache/guest/` (or GUEST_CACHE, which several checkouts can share), by
 * source version and configuration. One process at a time makes one; the others wait for it.
 * Every failure is a Fault that names the step; `build.log` keeps what the step printed.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import { withLock } from "./lock.ts";
import {
  buildTools,
  candidateVersion,
  configKey,
  kernelName,
  refusedOptions,
  sourcePackage,
} from "./recipe.ts";
import { type Step, startSteps } from "./step.ts";

export interface PrepareOptions {
  readonly cache: string;
  readonly limitS: number;
  say(line: string): void;
}

export interface PreparedKernel {
  readonly path: string;
  /** False: it was in the cache. */
  readonly made: boolean;
  readonly tookMs: number;
}

export function guestCache(root: string): string {
  return process.env["GUEST_CACHE"] ?? join(root, ".cache/guest");
}

export async function prepareKernel(options: PrepareOptions): Promise<PreparedKernel> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Fault("unavailable", `the guest's kernel runs on x86-64 Linux, not ${process.arch}`);
  const startedMs = performance.now();
  const config = await readFile(join(import.meta.dirname, "kernel.config"), "utf8");
  await mkdir(options.cache, { recursive: true });
  const step = startSteps(join(options.cache, "build.log"), options.limitS * 1_000);
  const version = candidateVersion(await step.ask("apt-cache", ["policy", sourcePackage]));
  const done = (path: string, made: boolean): PreparedKernel => ({
    path,
    made,
    tookMs: performance.now() - startedMs,
  });
  const cached = await cachedKernel(options.cache, config, version);
  if (cached !== null) return done(cached, false);
  return withLock(join(options.cache, "lock"), step.leftMs, async () => {
    const meanwhile = await cachedKernel(options.cache, config, version);
    if (meanwhile !== null) return done(meanwhile, false);
    return done(await makeKernel(options, config, step), true);
  });
}

/** One that is there already; null = none that fits is, and `prepareKernel` would make it. */
export async function findKernel(cache: string): Promise<string | null> {
  if (!existsSync(cache)) return null;
  const config = await readFile(join(import.meta.dirname, "kernel.config"), "utf8");
  return cachedKernel(cache, config, null);
}

/** Without a version (apt knows of none, or there is no apt) any kernel of this configuration will do. */
async function cachedKernel(cache: string, config: string, version: string | null): Promise<string | null> {
  const names = await readdir(cache);
  const wanted =
    version === null
      ? names.toSorted().findLast((name) => name.endsWith(`-${configKey(config)}`))
      : names.find((name) => name === kernelName(version, config));
  return wanted === undefined ? null : join(cache, wanted);
}

async function makeKernel(options: PrepareOptions, config: string, step: Step): Promise<string> {
  const { cache } = options;
  const folder = join(cache, "build");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await installTools(step, options);
    options.say(`guest: downloading ${sourcePackage}`);
    await step.run("download the kernel's sources", ["apt-get", "download", sourcePackage], folder);
    const archive = (await readdir(folder)).find((name) => name.endsWith(".deb"));
    if (archive === undefined) throw new Fault("unavailable", `apt-get left no ${sourcePackage}`);
    const version = decodeURIComponent(archive.split("_")[1] ?? "");
    const tar = `usr/src/${sourcePackage}.tar.xz`;
    await step.run("unpack the kernel's sources", ["dpkg-deb", "-x", archive, "."], folder);
    await step.run("unpack the kernel's sources", ["tar", "-xJf", tar], folder);

    const source = join(folder, sourcePackage);
    await writeFile(join(source, "guest.config"), config);
    const make = ["make", "-s", "ARCH=um"];
    const fragment = "KCONFIG_ALLCONFIG=guest.config";
    await step.run("configure the kernel", [...make, fragment, "allnoconfig"], source);
    const refused = refusedOptions(config, await readFile(join(source, ".config"), "utf8"));
    if (refused.length > 0) throw new Fault("invalid", `the kernel does not take ${refused.join(", ")}`);
    options.say(`guest: building Linux ${version}, once; some minutes`);
    await step.run("build the kernel", [...make, "-j2", "linux"], source);
    const built = join(source, "linux");
    await step.run("strip the kernel", ["strip", built], source);
    if ((await stat(built)).size === 0) throw new Fault("corrupt", "the kernel that was built is empty");
    const kept = join(cache, kernelName(version, config));
    // Renamed at the end: whoever finds the name finds a whole kernel.
    await copyFile(built, `${kept}.tmp`);
    await rename(`${kept}.tmp`, kept);
    return kept;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installTools(step: Step, options: PrepareOptions): Promise<void> {
  const missing = await step.missing(buildTools);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Fault("denied", `building the guest's kernel needs ${missing.join(", ")}`, {
      hint: `sudo apt-get install ${missing.join(" ")}`,
    });
  options.say(`guest: installing Debian packages: ${missing.join(" ")}`);
  const apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"];
  await step.run("update the package lists", [...apt, "update"], "/");
  await step.run(
    "install what the build needs",
    [...apt, "-y", "--no-install-recommends", "install", ...missing],
    "/",
  );
}
