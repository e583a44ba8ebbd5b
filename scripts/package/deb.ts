/**
 * Deb: a folder as a Debian package. The same bytes for the same sources, whenever and by whomever built.
 *
 * Owners are root's (--root-owner-group), modes are 755 and 644, times are SOURCE_DATE_EPOCH's, files are in
 * the order of their names (dpkg-deb sorts), and compression is done by one thread.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import type { Arch } from "./arch.ts";
import { dataFormat } from "../../daemon/keeper/data-stamp.ts";

const here = import.meta.dirname;
const kib = 1024;
/** What is enabled must be a file of its own; the others are links, and change with the version that runs. */
const enabled = new Set(["sill.target", "sill-gate.service"]);

export interface DebOptions {
  readonly root: string;
  readonly version: string;
  readonly arch: Arch;
  /** Seconds since 1970. */
  readonly epochS: number;
  /** Seconds instead of minutes, and a larger file: for tests. */
  readonly fast: boolean;
}

export interface Sizes {
  readonly installedBytes: number;
  readonly debBytes: number;
}

/** `stage` holds usr/lib/sill/package; everything else is added here. */
export function makeDeb(stage: string, file: string, options: DebOptions): Sizes {
  const { root, epochS, fast } = options;
  addSystemFiles(stage);
  addDocs(stage, root);
  const files = normalise(stage, epochS);
  const installedBytes = files.reduce((sum, path) => sum + lstatSync(path).size, 0);
  addControl(stage, options, { files, installedBytes });
  normalise(join(stage, "DEBIAN"), epochS);
  const compression = fast ? ["-Zzstd", "-z1"] : ["-Zxz", "-z6"];
  execFileSync(
    "dpkg-deb",
    ["--root-owner-group", "--threads-max=1", ...compression, "--build", stage, file],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(epochS) },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  return { installedBytes, debBytes: lstatSync(file).size };
}

function addSystemFiles(stage: string): void {
  const put = (from: string, to: string): void => cpSync(join(here, "debian", from), join(stage, to));
  put("sill.sh", "usr/bin/sill");
  chmodSync(join(stage, "usr/bin/sill"), 0o755);
  put("sysusers.conf", "usr/lib/sysusers.d/sill.conf");
  put("tmpfiles.conf", "usr/lib/tmpfiles.d/sill.conf");
  put("60-sill.rules", "usr/lib/udev/rules.d/60-sill.rules");
  put("sill.yaml", "etc/sill/sill.yaml");
  const units = join(stage, "usr/lib/systemd/system");
  mkdirSync(units, { recursive: true });
  for (const name of readdirSync(join(here, "debian", "units")))
    if (enabled.has(name)) put(join("units", name), join("usr/lib/systemd/system", name));
    else symlinkSync(`/usr/lib/sill/current/systemd/${name}`, join(units, name));
}

/** Pictures are for the page of the project, not for a doorbell, but for the drawing of the wires. */
function addDocs(stage: string, root: string): void {
  const docs = join(stage, "usr/share/doc/sill");
  cpSync(join(root, "docs"), docs, {
    recursive: true,
    filter: (path) => !/\/docs\/images\/(?!wiring\.svg$)/u.test(path),
  });
  cpSync(join(root, "CHANGELOG.md"), join(docs, "CHANGELOG.md"));
  cpSync(join(here, "debian", "copyright"), join(docs, "copyright"));
}

interface Packed {
  readonly files: readonly string[];
  readonly installedBytes: number;
}

function addControl(stage: string, { version, arch }: DebOptions, { files, installedBytes }: Packed): void {
  const control = join(stage, "DEBIAN");
  mkdirSync(control);
  const filled = (name: string): string =>
    readFileSync(join(here, "debian", name), "utf8")
      .replaceAll("@VERSION@", version)
      .replaceAll("@ARCH@", arch.debian)
      .replaceAll("@SIZE@", String(Math.ceil(installedBytes / kib)))
      .replaceAll("@FORMAT@", String(dataFormat));
  writeFileSync(join(control, "control"), filled("control"));
  writeFileSync(join(control, "conffiles"), "/etc/sill/sill.yaml\n");
  for (const script of ["preinst", "postinst", "prerm", "postrm"])
    writeFileSync(join(control, script), filled(script), { mode: 0o755 });
  const sums = files
    .filter((path) => lstatSync(path).isFile())
    .map((path) => `${createHash("md5").update(readFileSync(path)).digest("hex")}  ${relative(stage, path)}`);
  writeFileSync(join(control, "md5sums"), `${sums.join("\n")}\n`);
}

/** Modes and times of everything below; answers the files, sorted. */
function normalise(folder: string, epochS: number): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  for (const path of [...paths, folder].toReversed()) {
    const info = lstatSync(path);
    const isRun = info.isDirectory() || (info.mode & 0o100) !== 0;
    if (!info.isSymbolicLink()) chmodSync(path, isRun ? 0o755 : 0o644);
    lutimesSync(path, epochS, epochS);
  }
  return paths.filter((path) => !lstatSync(path).isDirectory());
}
