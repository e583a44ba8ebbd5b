/**
 * npm package: one package of the lock file as a folder, for whichever architecture.
 *
 * Where node_modules holds it, it is that; npm leaves packages of other architectures out, so those
 * come as the registry's archive (npm pack), which must have the hash of the lock file. Archives are
 * kept in .cache/package.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { Fault } from "../../hal/fault.ts";

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), integrity: z.string().optional() }),
  ),
});

export interface NpmPackage {
  readonly name: string;
  /** The repository: node_modules, lock file, cache. */
  readonly root: string;
}

/** The folder of it. Throws Fault `not-found`, `corrupt`, or `unavailable` when it cannot be fetched. */
export function npmPackage({ name, root }: NpmPackage): string {
  const installed = join(root, "node_modules", name);
  if (existsSync(join(installed, "package.json"))) return installed;
  const { version, integrity } = lockedAs(name, root);
  const cache = join(root, ".cache", "package");
  const folder = join(cache, `${name.replace("/", "+")}-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, ".new-"));
  try {
    const archive = fetched(`${name}@${version}`, work);
    const hash = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (hash !== integrity)
      throw new Fault("corrupt", `${basename(archive)} is not what package-lock.json pins: ${hash}`, {
        hint: "was it changed on the way? npm cache clean --force, then try again",
      });
    execFileSync("tar", ["-xzf", archive, "-C", work]);
    renameSync(join(work, "package"), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

function lockedAs(name: string, root: string): { version: string; integrity: string } {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined)
    throw new Fault("not-found", `${name} is not in package-lock.json`);
  return { version, integrity };
}

/** Path of the archive. */
function fetched(spec: string, into: string): string {
  try {
    const args = ["pack", spec, "--pack-destination", into, "--ignore-scripts", "--loglevel=error"];
    const name = execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
    return join(into, name.split("\n").at(-1) ?? "");
  } catch (error) {
    throw new Fault("unavailable", `${spec} could not be fetched`, {
      hint: "it needs the npm registry once, or build for this machine's architecture alone (--arch)",
      cause: error,
    });
  }
}
