/**
 * Opening: how fast a real Chromium opens sealed fragments with the page's own opener and worker.
 *
 * The opener is built as the page is and served alone, so that nothing else runs beside it. Pieces of
 * an ordinary length, sealed to three people, are fetched first and opened one after the other, as
 * the player does; what is counted is plain bytes by the time from asking to having them.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Page } from "playwright-core";
import { build } from "vite";
import { parseRecipient } from "../../daemon/seal/age/keys.ts";
import { seal } from "../../daemon/seal/age/seal.ts";
import { Fault } from "../../hal/fault.ts";
import { openBrowser } from "../rigs/browser.ts";
import { testKeys, testSeed } from "../rigs/paired.ts";
import { median } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const opener = join(import.meta.dirname, "..", "..", "web", "open", "open.ts");
/** Two seconds at 2.8 Mbit/s. */
const pieceBytes = 700_000;
const pieces = 16;
const rounds = 7;
const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html" };

export async function benchOpening(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "sill-bench-"));
  try {
    await buildOpener(folder);
    await writeFile(join(folder, "piece"), sealedPiece());
    const server = await serve(folder);
    try {
      await using browser = await openBrowser();
      const page = await browser.newPage();
      await page.goto(`${urlOf(server)}/index.html`);
      const speeds = await measure(page);
      return [figure("open.browser.mb_per_s", median(speeds), { unit: "MB/s", goal: 50, atLeast: true })];
    } finally {
      server.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sealedPiece(): Uint8Array {
  const people = [2, 1, 3].map((number) => parseRecipient(testKeys(number).sealTo));
  return seal(randomBytes(pieceBytes), people);
}

async function buildOpener(folder: string): Promise<void> {
  const entry = join(folder, "entry.js");
  await writeFile(entry, `export { open, useKey } from ${JSON.stringify(opener)};\n`);
  await writeFile(join(folder, "index.html"), "<!doctype html><title>opener</title>");
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    base: "./",
    worker: { format: "es" },
    build: {
      outDir: join(folder, "dist"),
      target: "es2023",
      lib: { entry, formats: ["es"], fileName: () => "opener.js" },
    },
  });
}

async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://bench").pathname;
    readFile(join(folder, path)).then(
      (bytes) => response.writeHead(200, { "content-type": types[extname(path)] ?? "" }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Fault("bug", "the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

/** MB/s of each round after the first. */
async function measure(page: Page): Promise<number[]> {
  const plan = { seed: [...testSeed(1)], pieces, rounds, pieceBytes };
  return page.evaluate(async ({ seed, pieces, rounds, pieceBytes }) => {
    interface Opener {
      readonly useKey: (seed: Uint8Array) => void;
      readonly open: (file: Uint8Array) => Promise<Uint8Array>;
    }
    const address = "./dist/opener.js";
    const { useKey, open } = (await import(address)) as Opener;
    useKey(Uint8Array.from(seed));
    const speeds: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const file = await (await fetch("./piece")).arrayBuffer();
      const files = Array.from({ length: pieces }, () => new Uint8Array(file.slice(0)));
      const startMs = performance.now();
      for (const each of files) {
        const plain = await open(each);
        if (plain.length !== pieceBytes) throw new Error(`opened ${plain.length} bytes`);
      }
      const seconds = (performance.now() - startMs) / 1_000;
      if (round > 0) speeds.push((pieces * pieceBytes) / 1e6 / seconds);
    }
    return speeds;
  }, plan);
}
