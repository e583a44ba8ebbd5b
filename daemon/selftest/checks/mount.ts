/**
 * Mount: on which file system and device does a path lie, as /proc/self/mountinfo says.
 */
import { resolve } from "node:path";
import type { Machine } from "../machine.ts";

export interface Mount {
  readonly at: string;
  /** "179:2". */
  readonly device: string;
  readonly readOnly: boolean;
  readonly type: string;
  readonly source: string;
}

/** Null = the kernel does not say. */
export async function mountOf(machine: Machine, path: string): Promise<Mount | null> {
  const wanted = resolve(path);
  const text = (await machine.read("/proc/self/mountinfo")) ?? "";
  const mounts = text.split("\n").flatMap((line) => parse(line) ?? []);
  const fitting = mounts.filter(({ at }) => at === "/" || wanted === at || wanted.startsWith(`${at}/`));
  // of two on the same place the later one is on top
  return fitting.reduce<Mount | null>(
    (best, mount) => (best === null || mount.at.length >= best.at.length ? mount : best),
    null,
  );
}

/** `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue` (proc(5)). */
function parse(line: string): Mount | null {
  const [left = "", right = ""] = line.split(" - ");
  const [, , device, , at, options] = left.split(" ");
  const [type, source, superOptions] = right.split(" ");
  if (device === undefined || at === undefined || options === undefined || type === undefined) return null;
  const flags = `${options},${superOptions ?? ""}`.split(",");
  return { at: unescaped(at), device, readOnly: flags.includes("ro"), type, source: source ?? "" };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(\d{3})/gu, (_, octal: string) =>
    String.fromCodePoint(Number.parseInt(octal, 8)),
  );
}
