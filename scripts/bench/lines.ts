/**
 * Lines: how late a press is behind the kernel's stamp, and what an idle doorbell costs, on a kernel's
 * own lines. In the guest, in real time; its kernel is made first where it is missing.
 */
import { join } from "node:path";
import { Fault } from "../../hal/fault.ts";
import { bootGuest } from "../rigs/guest/boot.ts";
import { parseCommandLine } from "../rigs/guest/options.ts";
import { guestCache, prepareKernel } from "../rigs/guest/prepare.ts";
import { median, percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const root = join(import.meta.dirname, "../..");

interface Measured {
  readonly delaysMs: readonly number[];
  readonly idle: { readonly seconds: number; readonly cpuMs: number };
}

export async function benchLines(note: (line: string) => void): Promise<Figure[]> {
  const { delaysMs, idle } = await measureInGuest(note);
  return [
    figure("lines.press.p50.ms", median([...delaysMs]), { unit: "ms" }),
    figure("lines.press.p99.ms", percentile([...delaysMs], 0.99), { unit: "ms" }),
    figure("lines.idle.cpu", (idle.cpuMs / 1_000 / idle.seconds) * 100, { unit: "% of a core", goal: 0.1 }),
  ];
}

async function measureInGuest(note: (line: string) => void): Promise<Measured> {
  const kernel = await prepareKernel({ cache: guestCache(root), limitS: 1_500, say: note });
  const words = ["--cameras", "0", "--", process.execPath, "scripts/bench/lines-guest.ts"];
  let [said, complained] = ["", ""];
  const { guest } = parseCommandLine(words, { cwd: root, env: process.env });
  const booted = await bootGuest(kernel.path, guest, {
    stdout: (bytes) => void (said += bytes.toString()),
    stderr: (bytes) => void (complained += bytes.toString()),
  });
  const { status, reason } = await booted.ended;
  if (status !== 0) throw new Fault("unavailable", `the guest ended with ${status ?? reason}\n${complained}`);
  return JSON.parse(said) as Measured;
}
