/**
 * Press: from the edge of the simulated button to a WebSocket subscriber in another process.
 *
 * Measured from before the HTTP request that makes the edge to the arrival of the event, so the
 * request's own way is in the figure. Once with everything running, once with the eye stopped.
 */
import { startDaemon, type Daemon } from "../rigs/daemon.ts";
import { percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const presses = 200;
const gapMs = 20;

export async function benchPress(note: (line: string) => void): Promise<Figure[]> {
  await using daemon = await startDaemon({ flags: ["--button.cooldownMs=0", "--log.level=warn"] });
  note("  with all processes running");
  const running = await pressMany(daemon);
  note("  with the eye stopped");
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  const stopped = await pressMany(daemon);
  process.kill(eye, "SIGCONT");
  const goal = { unit: "ms", goal: 20 };
  return [
    figure("press.ws.p50.ms", percentile(running, 0.5), goal),
    figure("press.ws.p99.ms", percentile(running, 0.99), goal),
    figure("press.ws.eye_stopped.p50.ms", percentile(stopped, 0.5), goal),
    figure("press.ws.eye_stopped.p99.ms", percentile(stopped, 0.99), goal),
  ];
}

async function pressMany({ owner }: Daemon): Promise<number[]> {
  const socket = owner.socket("/api/ws");
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  let heard = (_atMs: number): void => {};
  socket.on("message", (data: Buffer) => {
    const notice: unknown = JSON.parse(data.toString());
    if (isFreshRing(notice)) heard(performance.now());
  });
  const delays: number[] = [];
  for (let i = 0; i < presses; i += 1) {
    const arrived = new Promise<number>((resolve) => (heard = resolve));
    const startMs = performance.now();
    await owner.fetch("/api/sim/press", { method: "POST" });
    delays.push((await arrived) - startMs);
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  socket.close();
  return delays;
}

function isFreshRing(notice: unknown): boolean {
  if (typeof notice !== "object" || notice === null || !("fresh" in notice) || !("event" in notice))
    return false;
  const { event, fresh } = notice;
  return (
    fresh === true && typeof event === "object" && event !== null && "kind" in event && event.kind === "ring"
  );
}
