/**
 * Heat: how far what motion makes of a picture is behind it at the page's end of the socket, and how often
 * it comes. Counted from the moment at which the eye had the frame, on the same machine's clock.
 */
import { decodeHeat } from "../../daemon/wire/heat.ts";
import { Fault } from "../../hal/fault.ts";
import { startDaemon } from "../rigs/daemon.ts";
import { median, percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const samples = 300;
const patienceMs = 60_000;

export async function benchHeat(note: (line: string) => void): Promise<Figure[]> {
  await using daemon = await startDaemon({ flags: ["--log.level=warn"] });
  note(`  ${samples} frames`);
  const socket = daemon.owner.socket("/api/heat");
  const delays: number[] = [];
  const { promise: enough, resolve, reject } = Promise.withResolvers<void>();
  let firstMs = 0;
  socket.on("message", (data: Buffer) => {
    if (delays.length === 0) firstMs = performance.now();
    delays.push(Date.now() - decodeHeat(data).wallMs);
    if (delays.length > samples) resolve();
  });
  socket.on("error", reject);
  const late = setTimeout(
    () => reject(new Fault("timeout", `${delays.length} frames of heat in ${patienceMs / 1_000} s`)),
    patienceMs,
  );
  await enough.finally(() => clearTimeout(late));
  const seconds = (performance.now() - firstMs) / 1_000;
  socket.terminate();
  return [
    figure("heat.delay.ms", median(delays), { unit: "ms", goal: 150 }),
    figure("heat.delay.p95.ms", percentile(delays, 0.95), { unit: "ms" }),
    figure("heat.rate.hz", (delays.length - 1) / seconds, { unit: "Hz", goal: 5, atLeast: true }),
  ];
}
