/**
 * A machine for the shell scripts: a folder with the scripts in it, and a PATH that holds only a
 * few real tools and stand-ins for what would change the machine (apt-get, npm, sudo).
 *
 * The stand-ins write what they were asked to `log`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const realTools =
  "sh cat cut dirname env find flock grep mkdir paste sed sha256sum sort tr xargs touch rm".split(" ");
const root = join(import.meta.dirname, "../..");

const standIns: Readonly<Record<string, string>> = {
  node: 'echo "v${NODE_MAJOR:-20}.0.0"',
  id: 'echo "${USER_ID:-0}"',
  ldconfig: "true",
  "dpkg-query": 'for name; do :; done; grep -qx "$name" "$MACHINE/installed" && printf installed',
  "apt-get": `echo "apt-get $*" >>"$MACHINE/log"
[ -z "\${APT_FAILS:-}" ] || exit 100
case "$*" in *" install "*) for name; do echo "$name"; done >>"$MACHINE/installed" ;; esac`,
  npm: `echo "npm $*" >>"$MACHINE/log"
case "$1" in
  ci) rm -rf node_modules; mkdir -p node_modules ;;
  run) mkdir -p web/dist ;;
esac`,
};

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class FreshMachine implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "sill-machine-"));
  readonly #bin = join(this.folder, "bin");

  constructor() {
    for (const name of ["bin", "web", "portal/web", "hal", "config", "daemon/wire"])
      mkdirSync(join(this.folder, name), { recursive: true });
    cpSync(join(root, "scripts"), join(this.folder, "scripts"), { recursive: true });
    for (const tool of realTools) {
      symlinkSync(
        execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim(),
        join(this.#bin, tool),
      );
    }
    for (const [name, script] of Object.entries(standIns)) this.install(name, script);
    this.write("installed", "");
    this.write("package-lock.json", "{}");
    this.write("web/index.html", "<p>1</p>");
    this.write("portal/web/index.html", "<p>1</p>");
    this.write("hal/fault.ts", "");
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** A program in PATH. */
  install(name: string, script: string): void {
    this.write(join("bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.#bin, name), 0o755);
  }

  uninstall(name: string): void {
    rmSync(join(this.#bin, name));
  }

  run(
    script: string,
    { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
  ): Outcome {
    const { status, stdout, stderr } = spawnSync(join(this.#bin, "sh"), [join("scripts", script), ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env: { PATH: this.#bin, MACHINE: this.folder, ...env },
    });
    return { code: status, stdout, stderr };
  }

  /** What the stand-ins were asked since the last time. */
  takeLog(): string[] {
    const path = join(this.folder, "log");
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    rmSync(path, { force: true });
    return text.trimEnd() === "" ? [] : text.trimEnd().split("\n");
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
