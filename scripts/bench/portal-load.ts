/**
 * Portal load: the doorbells of the portal's bench, in a process of their own.
 *
 *   node scripts/bench/portal-load.ts URL SECONDS POLLS_PER_S KEEP_ALIVE     prints LoadResult as JSON
 *
 * POLLS_PER_S 0 = as fast as it goes over 32 connections. Otherwise polls begin at evenly spread times whatever
 * became of the ones before, so that a portal that falls behind shows it.
 */
import { Agent, get } from "node:http";
import { entriesPath, tileWidth } from "../../daemon/ledger/tiles.ts";
import { percentile } from "./cpu.ts";

export interface LoadResult {
  readonly polls: number;
  readonly failed: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const connections = 32;
const [url = "", seconds = "5", perS = "0", keepAlive = "true"] = process.argv.slice(2);
const agent = new Agent({
  keepAlive: keepAlive === "true",
  maxSockets: keepAlive === "true" ? connections : 4_096,
});
const tookMs: number[] = [];
let bytes = 0;
let failed = 0;

function fetchBytes(path: string, own: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/log/${path}`, { agent: own }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        response.statusCode === 200
          ? resolve(Buffer.concat(parts))
          : reject(new Error(`${path}: ${response.statusCode}`)),
      );
    });
    request.on("error", reject);
  });
}

async function poll(): Promise<void> {
  const startMs = performance.now();
  // a doorbell's own connection, kept for its two calls
  const own = keepAlive === "true" ? agent : new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const checkpoint = await fetchBytes("checkpoint", own);
    const size = Number(checkpoint.toString("utf8").split("\n")[1]);
    const index = Math.floor(size / tileWidth);
    const bundle = await fetchBytes(entriesPath(index, size - index * tileWidth), own);
    bytes += checkpoint.length + bundle.length;
    tookMs.push(performance.now() - startMs);
  } catch {
    failed += 1;
  } finally {
    if (own !== agent) own.destroy();
  }
}

const startMs = performance.now();
const endMs = startMs + Number(seconds) * 1_000;
if (Number(perS) === 0) {
  const worker = async (): Promise<void> => {
    while (performance.now() < endMs) await poll();
  };
  await Promise.all(Array.from({ length: connections }, worker));
} else {
  const under: Promise<void>[] = [];
  for (let nextMs = startMs; nextMs < endMs; nextMs += 1_000 / Number(perS)) {
    const waitMs = nextMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    under.push(poll());
  }
  await Promise.all(under);
}
const result: LoadResult = {
  polls: tookMs.length,
  failed,
  seconds: (performance.now() - startMs) / 1_000,
  bytes,
  p50Ms: percentile(tookMs, 0.5),
  p99Ms: percentile(tookMs, 0.99),
};
process.stdout.write(JSON.stringify(result));
agent.destroy();
