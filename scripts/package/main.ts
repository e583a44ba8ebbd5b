/**
 * `npm run package`: dist/sill_VERSION_{amd64,arm64}.deb, with their sizes.
 *
 *   --arch=amd64       one of the two only
 *   --out=FOLDER       instead of dist/
 *   --fast             quick, larger files (for tests)
 *
 * A file over the budget is an error.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { version } from "../../daemon/wire/sill-version.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import { arches } from "./arch.ts";
import { makeDeb } from "./deb.ts";
import { makeBundle, makeTree } from "./tree.ts";

const root = join(import.meta.dirname, "../..");
const budgetBytes = 120_000_000;
const megabyte = 1_000_000;

function epochS(): number {
  const said = process.env["SOURCE_DATE_EPOCH"];
  if (said !== undefined && /^\d+$/u.test(said)) return Number(said);
  try {
    const git = ["-C", root, "log", "-1", "--format=%ct"];
    return Number(execFileSync("git", git, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return 0; // an archive of the sources, without git
  }
}

function build(work: string): void {
  const { values } = parseArgs({
    options: { arch: { type: "string" }, out: { type: "string" }, fast: { type: "boolean" } },
  });
  const wanted = arches.filter(({ debian }) => values.arch === undefined || debian === values.arch);
  if (wanted.length === 0)
    throw new Fault(
      "invalid",
      `--arch is ${values.arch}; allowed: ${arches.map((a) => a.debian).join(", ")}`,
    );
  const out = values.out ?? join(root, "dist");
  mkdirSync(out, { recursive: true });
  const bundle = join(work, "bundle");
  makeBundle(root, bundle);
  for (const arch of wanted) {
    const stage = join(work, arch.debian);
    makeTree(join(stage, "usr/lib/sill/package"), { root, version, arch, bundle });
    const file = join(out, `sill_${version}_${arch.debian}.deb`);
    const sizes = makeDeb(stage, file, { root, version, arch, epochS: epochS(), fast: values.fast === true });
    const [deb, installed] = [sizes.debBytes, sizes.installedBytes].map((b) => (b / megabyte).toFixed(1));
    process.stdout.write(
      `${relative(process.cwd(), file)}: ${deb} MB, budget ${budgetBytes / megabyte} MB; ${installed} MB installed\n`,
    );
    if (sizes.debBytes > budgetBytes)
      throw new Fault("exhausted", `the package for ${arch.debian} is over its budget`);
  }
}

const work = mkdtempSync(join(tmpdir(), "sill-package-"));
try {
  build(work);
} catch (error) {
  const { message, hint } = toFault(error);
  process.stderr.write(`package: ${message}\n${hint === undefined ? "" : `hint: ${hint}\n`}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
