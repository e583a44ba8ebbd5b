/**
 * Portal: what serving the public log to doorbells costs, with real HTTP from a second process.
 *
 * A poll is what a courier fetches: the checkpoint, and the bundle with the entries that are new. The log holds
 * some days of a country's requests (four full bundles and one of 200). First as fast as it goes over
 * connections that stay open (a CDN in front); then at the pace of 10^4, 10^5 and 10^6 doorbells that poll once
 * an hour, each on a connection of its own. CPU is the portal's own process; docs/portal.md has the paper to it.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBack } from "../../portal/portal.ts";
import { putAgency } from "../../portal/office/agencies.ts";
import { readWords } from "../../portal/settings/words.ts";
import { Fault } from "../../hal/fault.ts";
import { agencyOf, profileOf, requestOf, signedRequest } from "../rigs/portal.ts";
import { figure, type Figure } from "./figure.ts";
import type { LoadResult } from "./portal-load.ts";

const root = join(import.meta.dirname, "..", "..");
const entries = 4 * 256 + 200;
const seconds = 8;
const pollS = 3_600;
const devices = [10_000, 100_000, 1_000_000];

export async function benchPortal(note: (line: string) => void): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), "sill-bench-portal-"));
  try {
    note("  filling the log");
    await fill(data);
    await using portal = await startProcess(data);
    return await measure(portal, note);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function measure(portal: PortalProcess, note: (line: string) => void): Promise<Figure[]> {
  note("  as fast as it goes, connections kept");
  await load(portal.url, { seconds: 2, perS: 0, keepAlive: true });
  const fast = await costOf(portal, { seconds, perS: 0, keepAlive: true });
  const figures = [
    figure("portal.poll.rps", fast.polls / fast.seconds, { unit: "polls/s" }),
    figure("portal.poll.cpu.us", (fast.cpuMs * 1_000) / fast.polls, { unit: "us" }),
    figure("portal.poll.per_core.rps", (fast.polls * 1_000) / fast.cpuMs, { unit: "polls/s" }),
    figure("portal.poll.bytes", fast.bytes / fast.polls, { unit: "bytes" }),
  ];
  for (const count of devices) {
    const perS = count / pollS;
    note(`  ${count} doorbells that poll once an hour: ${perS.toFixed(1)} polls/s, a connection each`);
    const run = await costOf(portal, { seconds, perS, keepAlive: false });
    const name = `portal.poll.${count / 1_000}k`;
    figures.push(
      figure(`${name}.p99.ms`, run.p99Ms, { unit: "ms" }),
      figure(`${name}.cores`, run.cpuMs / 1_000 / run.seconds, { unit: "cores" }),
      figure(`${name}.failed`, run.failed, { unit: "polls", goal: 0 }),
    );
  }
  return figures;
}

interface LoadOptions {
  readonly seconds: number;
  /** 0 = as fast as it goes. */
  readonly perS: number;
  readonly keepAlive: boolean;
}

async function costOf(
  portal: PortalProcess,
  options: LoadOptions,
): Promise<LoadResult & { readonly cpuMs: number }> {
  const beforeMs = await cpuMsOf(portal.pid);
  const result = await load(portal.url, options);
  return { ...result, cpuMs: (await cpuMsOf(portal.pid)) - beforeMs };
}

async function load(url: string, { seconds: forS, perS, keepAlive }: LoadOptions): Promise<LoadResult> {
  const script = join(import.meta.dirname, "portal-load.ts");
  const child = spawn(process.execPath, [script, url, String(forS), String(perS), String(keepAlive)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  return JSON.parse(text) as LoadResult;
}

async function fill(data: string): Promise<void> {
  await using back = await openBack(readWords([`--data=${data}`], {}).settings);
  const agency = agencyOf(1, "http://127.0.0.1:8470");
  await putAgency(back.office, agency.id, (_newest, nowMs) => profileOf(agency, nowMs));
  const nowMs = Date.now();
  const envelopes = Array.from({ length: entries - 1 }, () =>
    signedRequest(agency, requestOf(agency, nowMs)),
  );
  await back.records.append(async () => envelopes);
}

interface PortalProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

async function startProcess(data: string): Promise<PortalProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(root, "portal/main.ts"), `--data=${data}`, "--web.port=0", "--log.level=warn"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = once(child, "exit");
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /listens on (http\S+)/u.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", () => reject(new Fault("unavailable", `the portal did not start: ${output}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** User and system time so far, in ticks of 10 ms. */
async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
