/**
 * CPU of whole processes: user + system time, children included, as the operating system counts.
 */
import { spawn } from "node:child_process";
import { Fault } from "../../hal/fault.ts";

export interface Spent {
  readonly cpuMs: number;
  readonly stdout: string;
}

/** Runs a command to its end. `times` in a shell is the portable way to ask for a child's time. */
export async function cpuOf(command: readonly string[]): Promise<Spent> {
  const child = spawn("sh", ["-c", '"$@"; code=$?; times >&3; exit $code', "sh", ...command], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const [stdout, stderr, times] = [collect(child.stdio[1]), collect(child.stdio[2]), collect(child.stdio[3])];
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0)
    throw new Fault(
      "bug",
      `${command.slice(0, 3).join(" ")} ended with ${code}: ${(await stderr).slice(-500)}`,
    );
  // second line: children, "0m1.234000s 0m0.500000s"
  const [user = "", system = ""] = ((await times).split("\n")[1] ?? "").split(" ");
  return { cpuMs: secondsOf(user) * 1_000 + secondsOf(system) * 1_000, stdout: await stdout };
}

function secondsOf(text: string): number {
  const match = /^(\d+)m([\d.]+)s$/.exec(text);
  if (match === null) throw new Fault("bug", `times printed "${text}"`);
  return Number(match[1]) * 60 + Number(match[2]);
}

async function collect(stream: unknown): Promise<string> {
  if (!isReadable(stream)) return "";
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}

function isReadable(stream: unknown): stream is AsyncIterable<unknown> {
  return typeof stream === "object" && stream !== null && Symbol.asyncIterator in stream;
}

/** CPU ms per call of `work`, in this process, after a warm-up. */
export function cpuPerCall(work: (call: number) => void, calls: number): number {
  for (let i = 0; i < Math.min(200, calls); i += 1) work(i);
  const start = process.cpuUsage();
  for (let i = 0; i < calls; i += 1) work(i);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000 / calls;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function percentile(values: readonly number[], frac: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(frac * sorted.length) - 1)] ?? Number.NaN;
}
