/** Packages for tests: the real one, quickly compressed, and others made out of it. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../daemon/wire/sill-version.ts";
import { run, type Run } from "../../scripts/rigs/sill.ts";

const builder = join(import.meta.dirname, "../../scripts/package/main.ts");

export const debName = (arch: string): string => `sill_${version}_${arch}.deb`;

export function buildDebs(
  out: string,
  flags: readonly string[],
  env: Record<string, string> = {},
): Promise<Run> {
  return run([process.execPath, builder, "--fast", `--out=${out}`, ...flags], env);
}

export async function must(command: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(command);
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** A package of another version, made of `deb`; `change` may alter what is in it. Its path. */
export async function otherVersion(
  deb: string,
  other: string,
  { folder, change }: { readonly folder: string; readonly change?: (tree: string) => void },
): Promise<string> {
  const stage = mkdtempSync(join(folder, "stage-"));
  await must(["dpkg-deb", "--raw-extract", deb, stage]);
  const tree = join(stage, "usr/lib/sill/package");
  for (const file of [
    "DEBIAN/control",
    "DEBIAN/preinst",
    "DEBIAN/postinst",
    "usr/lib/sill/package/package.json",
  ]) {
    const path = join(stage, file);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(version, other));
  }
  change?.(tree);
  const made = join(folder, `sill_${other}.deb`);
  await must(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z1", "--build", stage, made]);
  await must(["rm", "-r", stage]);
  return made;
}
