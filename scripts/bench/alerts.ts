/**
 * Alerts: from the edge of the simulated button to a subscriber of the house's broker (mosquitto).
 *
 * Measured from before the HTTP request that makes the edge, so the request's own way is in the figure. Once with
 * everything running, once with the eye stopped. Broker and subscriber are on this machine.
 */
import { startDaemon, type Daemon } from "../rigs/daemon.ts";
import { startMosquitto, type Subscriber } from "../rigs/mosquitto.ts";
import { percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const presses = 200;
const gapMs = 20;
const goal = { unit: "ms", goal: 100 };

export async function benchAlerts(note: (line: string) => void): Promise<Figure[]> {
  await using broker = await startMosquitto();
  await using home = await broker.subscribe("sill/#");
  const flags = ["--button.cooldownMs=0", "--log.level=warn", `--mqtt.url=${broker.url}`];
  await using daemon = await startDaemon({ flags });
  await home.next(({ text }) => text === "online");
  note("  with all processes running");
  const running = await pressMany(daemon, home);
  note("  with the eye stopped");
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  const stopped = await pressMany(daemon, home);
  process.kill(eye, "SIGCONT");
  return [
    figure("press.mqtt.p50.ms", percentile(running, 0.5), goal),
    figure("press.mqtt.p99.ms", percentile(running, 0.99), goal),
    figure("press.mqtt.eye_stopped.p99.ms", percentile(stopped, 0.99), goal),
  ];
}

async function pressMany({ owner }: Daemon, home: Subscriber): Promise<number[]> {
  const delays: number[] = [];
  for (let i = 0; i < presses; i += 1) {
    const before = home.heard.length;
    const startMs = performance.now();
    const rang = home.next((heard) => heard.topic.endsWith("/ring") && home.heard.indexOf(heard) >= before);
    await owner.fetch("/api/sim/press", { method: "POST" });
    await rang;
    delays.push(performance.now() - startMs);
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  return delays;
}
