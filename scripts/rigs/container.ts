/**
 * Container: this machine's root file system under an overlay, booted by its own systemd (systemd-nspawn).
 *
 * What is installed or broken in it is gone afterwards: every change lies in a tmpfs. It shares the
 * machine's network, so that a test may speak to what runs in it. `boot` and `cutPower` may be called again and
 * again on the same disk. Needs root; `containerProblem` says why there can be none here.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run, type Run } from "./sill.ts";

const bootMs = 60_000;
const diskSize = "2500m";

/** Runs before systemd does, in mount and process namespaces of its own that die with it. */
const bootScript = `
set -e
disk=$1
mount --make-rprivate /
mkdir -p $disk/root $disk/upper $disk/work
mount -t overlay overlay -o lowerdir=/,upperdir=$disk/upper,workdir=$disk/work $disk/root
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup
# of this machine's services only what every system has
rm -rf $disk/root/etc/systemd/system/multi-user.target.wants/[!s]* $disk/root/etc/systemd/system/multi-user.target.wants/s[!i]*
echo sill > $disk/root/etc/hostname
[ -s $disk/upper/etc/machine-id ] || { rm -f $disk/root/etc/machine-id; echo 51110000000000000000000000000001 > $disk/root/etc/machine-id; }
exec systemd-nspawn --quiet --keep-unit --register=no --directory=$disk/root --boot --console=pipe \\
  --capability=CAP_BPF,CAP_NET_ADMIN,CAP_PERFMON --system-call-filter=bpf systemd.log_level=warning </dev/null
`;

/** Nothing of this shell's: a SILL_ variable would be a setting. */
export const cleanEnvironment = [
  "env",
  "--ignore-environment",
  "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
  "HOME=/root",
  "LANG=C.UTF-8",
  "DEBIAN_FRONTEND=noninteractive",
];

/** Null = there can be one. */
export function containerProblem(): string | null {
  if (process.getuid?.() !== 0) return "a container needs root";
  for (const program of ["systemd-nspawn", "unshare", "nsenter", "dpkg-deb"])
    if (!["/usr/bin", "/bin", "/usr/sbin", "/sbin"].some((folder) => existsSync(join(folder, program))))
      return `${program} is not installed`;
  if (!readFileSync("/proc/filesystems", "utf8").includes("\toverlay"))
    return "this kernel has no overlay file system";
  return null;
}

export class Container implements AsyncDisposable {
  readonly #disk = mkdtempSync(join(tmpdir(), "sill-container-"));
  #process: ChildProcess | null = null;
  #leader = 0;
  #console = "";

  constructor() {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskSize},mode=755`, "sill-container", this.#disk]);
  }

  /** Where its files are seen from here while it runs. */
  get root(): string {
    return `/proc/${this.#leader}/root`;
  }

  /** Resolves when its systemd has started what it starts. */
  async boot(): Promise<void> {
    const namespaces = ["--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"];
    const child = spawn("unshare", [...namespaces, "sh", "-c", bootScript, "sh", this.#disk], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text) => (this.#console += String(text)));
    const deadline = performance.now() + bootMs;
    while (performance.now() < deadline && child.exitCode === null) {
      this.#leader = leaderBelow(child.pid ?? 0);
      if (this.#leader !== 0) {
        const { stdout } = await this.run(["systemctl", "is-system-running"]);
        if (/^(?:running|degraded)/u.test(stdout)) return;
      }
      await sleep(100);
    }
    throw new Error(`the container does not boot:\n${this.#console}`);
  }

  /** One command in the same files without any systemd, as on a system that has another init. */
  withoutSystemd(command: string): Promise<Run> {
    const mounts = `
set -e
mount --make-rprivate /
mkdir -p ${this.#disk}/root ${this.#disk}/upper ${this.#disk}/work
mount -t overlay overlay -o lowerdir=/,upperdir=${this.#disk}/upper,workdir=${this.#disk}/work ${this.#disk}/root
cd ${this.#disk}/root
mount -t tmpfs tmpfs run
mount -t proc proc proc
mount --rbind /dev dev
exec chroot . ${cleanEnvironment.join(" ")} sh -c "$1"`;
    const namespaces = ["--mount", "--pid", "--fork", "--kill-child=KILL"];
    return run(["unshare", ...namespaces, "sh", "-c", mounts, "sh", command]);
  }

  /** A file for it, also while it does not run. */
  prepare(path: string, bytes: Uint8Array): void {
    mkdirSync(join(this.#disk, "upper", dirname(path)), { recursive: true });
    writeFileSync(join(this.#disk, "upper", path), bytes);
  }

  /** Any command in it, to its end. */
  run(command: readonly string[]): Promise<Run> {
    const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"];
    return run(["nsenter", `--target=${this.#leader}`, ...namespaces, "--", ...cleanEnvironment, ...command]);
  }

  /** The same; its output, or an error with all of it. */
  async ok(command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(command);
    if (code === 0) return stdout + stderr;
    throw new Error(`${command.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.root + path), { recursive: true });
    writeFileSync(this.root + path, text);
  }

  /** Everything stops between two instructions; the disk stays. */
  async cutPower(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const gone = once(child, "exit");
    process.kill(this.#leader === 0 ? (child.pid ?? 0) : this.#leader, "SIGKILL");
    child.kill("SIGKILL");
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cutPower();
    for (let tries = 0; tries < 50; tries += 1) {
      if ((await run(["umount", "--recursive", this.#disk])).code === 0) break;
      await sleep(100); // the last of its processes is being collected
    }
    rmdirSync(this.#disk);
  }
}

/** The container's PID 1: a child of nspawn, which is the child of unshare. 0 = not there yet. */
function leaderBelow(pid: number): number {
  const nspawn = childrenOf(pid)[0] ?? 0;
  return childrenOf(nspawn).find((child) => /systemd\0/u.test(readOr(`/proc/${child}/cmdline`))) ?? 0;
}

function childrenOf(pid: number): number[] {
  return readOr(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // it has just ended
  }
}
