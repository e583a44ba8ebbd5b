/**
 * Disk trace: what a process and its threads wrote to files, as the kernel saw it (`strace`).
 *
 * Files only: pipes, sockets and memory without a name are not the disk. A file that is opened for
 * writing, renamed to or mapped shared counts as touched even if nothing was written to it.
 */
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const calls = [
  "open,openat,openat2,creat,link,linkat,symlink,symlinkat,rename,renameat,renameat2,mmap",
  "write,writev,pwrite64,pwritev,pwritev2,sendfile,copy_file_range,splice",
].join(",");

/** A command that runs what follows it in its own place, and notes its calls in `file`. */
export function traced(file: string): string[] {
  return `strace -D -f -q -y -xx -s 4000000 -e signal=none -e trace=${calls} -o ${file}`.split(" ");
}

/** Why there can be no trace on this machine, or null. */
export function traceProblem(): string | null {
  const { status, error } = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]);
  if (error !== undefined) return "strace is not installed (apt-get install strace)";
  return status === 0 ? null : "this machine does not let processes be traced (ptrace)";
}

export interface DiskTrace {
  /** Absolute paths that were touched. */
  readonly touched: ReadonlySet<string>;
  /** Every piece that was written to a path, in order. */
  readonly written: ReadonlyMap<string, readonly Buffer[]>;
}

export async function readTrace(file: string): Promise<DiskTrace> {
  return parseTrace(await readFile(file, "latin1"));
}

export function parseTrace(text: string): DiskTrace {
  const touched = new Set<string>();
  const written = new Map<string, Buffer[]>();
  for (const line of text.split("\n")) {
    const [, call = "", args = ""] = /^\d+ +(\w+)\((.*)$/u.exec(line) ?? [];
    const paths = call.startsWith("writ") || call.startsWith("pwrit") ? [] : pathsOf(call, args);
    for (const path of paths) if (isOnDisk(path)) touched.add(path);
    if (paths.length > 0 || call === "") continue;
    const [, path = ""] = /^\d+<([^>]*)>/u.exec(args) ?? [];
    if (!/^p?write/u.test(call) || !isOnDisk(unhex(path))) continue;
    touched.add(unhex(path));
    const pieces = strings(args).map((each) => Buffer.from(each, "latin1"));
    written.set(unhex(path), [...(written.get(unhex(path)) ?? []), ...pieces]);
  }
  return { touched, written };
}

/** The files that a call other than a write touches. */
function pathsOf(call: string, args: string): string[] {
  const descriptors = (): string[] =>
    [...args.matchAll(/\d+<([^>]*)>/gu)].map(([, path = ""]) => unhex(path));
  if (/^(?:open|creat)/u.test(call))
    return call === "creat" || /O_(?:CREAT|WRONLY|RDWR)/u.test(args) ? strings(args).slice(0, 1) : [];
  if (/^(?:rename|link|symlink)/u.test(call)) return strings(args).slice(-1);
  if (call === "mmap") return /PROT_WRITE.*MAP_SHARED/u.test(args) ? descriptors() : [];
  return /^(?:sendfile|copy_file_range|splice)$/u.test(call) ? descriptors() : [];
}

function strings(args: string): string[] {
  return [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/gu)].map(([, text = ""]) => unhex(text));
}

function unhex(text: string): string {
  return Buffer.from(text.replaceAll("\\x", ""), "hex").toString("latin1");
}

function isOnDisk(path: string): boolean {
  if (/^(?:pipe|socket|anon_inode|):/u.test(path) || path.startsWith("/memfd:")) return false;
  return !/^\/(?:proc|sys|dev\/(?!shm\/))/u.test(resolve(path));
}
