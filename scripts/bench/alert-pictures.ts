/**
 * Alert pictures: from the edge of the simulated button to a phone's server: the words, and the picture that follows them.
 *
 * Measured from before the HTTP request that makes the edge to the last byte at the server, which is on this machine.
 * Between the two lie: the words' own way, a frame, a JPEG, and an entry of the ledger on the disk.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Fault } from "../../hal/fault.ts";
import { startDaemon } from "../rigs/daemon.ts";
import { percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

/** As many as the doorbell sends in ten minutes. */
const presses = 25;
const patienceMs = 30_000;
const gapMs = 300;

export async function benchAlertPictures(note: (line: string) => void): Promise<Figure[]> {
  const came: { readonly isPicture: boolean; readonly bytes: number; readonly atMs: number }[] = [];
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on("data", (chunk: Buffer) => (bytes += chunk.length));
    request.on("end", () => {
      came.push({ isPicture: request.headers["filename"] !== undefined, bytes, atMs: performance.now() });
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/door`;
  const flags = ["--button.cooldownMs=0", "--log.level=warn", `--alerts.ntfyUrl=${url}`];
  await using daemon = await startDaemon({ flags, policy: { publish: { ntfy: true } } });
  await daemon.owner.fetch("/api/snapshot", { method: "POST" }); // the eye sees by then
  note(`  ${presses} presses`);
  const [words, pictures, bytes]: [number[], number[], number[]] = [[], [], []];
  for (let press = 0; press < presses; press += 1) {
    came.length = 0;
    const startMs = performance.now();
    await daemon.owner.fetch("/api/sim/press", { method: "POST" });
    while (came.length < 2) {
      if (performance.now() - startMs > patienceMs)
        throw new Fault("timeout", `${came.length} of 2 messages in ${patienceMs / 1_000} s`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    for (const { isPicture, atMs, bytes: size } of came) {
      (isPicture ? pictures : words).push(atMs - startMs);
      if (isPicture) bytes.push(size);
    }
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  server.closeAllConnections();
  server.close();
  return [
    figure("press.ntfy.p50.ms", percentile(words, 0.5), { unit: "ms", goal: 250 }),
    figure("press.picture.p50.ms", percentile(pictures, 0.5), { unit: "ms" }),
    figure("press.picture.p95.ms", percentile(pictures, 0.95), { unit: "ms", goal: 1_000 }),
    figure("press.picture.most.kB", Math.max(...bytes) / 1_000, { unit: "kB", goal: 102.4 }),
  ];
}
