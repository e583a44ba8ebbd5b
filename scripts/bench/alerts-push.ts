/**
 * Alerts by web push: from the edge of the simulated button until a browser's push service has the whole request.
 *
 * Measured from before the HTTP request that makes the edge to the request's last byte at a push service on this machine,
 * which opens it after. Once with everything running, once with the eye stopped. Each press is a connection of its own.
 */
import { startDaemon, type Daemon } from "../rigs/daemon.ts";
import { expectOk, putJson } from "../rigs/person.ts";
import { startPushService, type RigBrowser } from "../rigs/push-service.ts";
import { percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const presses = 200;
const gapMs = 20;
const goal = { unit: "ms", goal: 250 };

export async function benchAlertsPush(note: (line: string) => void): Promise<Figure[]> {
  await using service = await startPushService();
  const browser = service.browser();
  const hosts = `--alerts.pushHosts=${JSON.stringify([service.host])}`;
  await using daemon = await startDaemon({ flags: ["--button.cooldownMs=0", "--log.level=warn", hosts] });
  const phone = { ...browser.subscription, label: "a bench" };
  await expectOk(await putJson(daemon.owner, "/api/phones", phone, "POST"));
  note("  with all processes running");
  const running = await pressMany(daemon, browser);
  note("  with the eye stopped");
  const eye = await daemon.pid("eye");
  process.kill(eye, "SIGSTOP");
  const stopped = await pressMany(daemon, browser);
  process.kill(eye, "SIGCONT");
  return [
    figure("press.push.p50.ms", percentile(running, 0.5), goal),
    figure("press.push.p99.ms", percentile(running, 0.99), goal),
    figure("press.push.eye_stopped.p99.ms", percentile(stopped, 0.99), goal),
  ];
}

async function pressMany({ owner }: Daemon, browser: RigBrowser): Promise<number[]> {
  const delays: number[] = [];
  for (let i = 0; i < presses; i += 1) {
    const before = browser.got.length;
    const startMs = performance.now();
    await owner.fetch("/api/sim/press", { method: "POST" });
    const { atMs } = await browser.next((push) => browser.got.indexOf(push) >= before);
    delays.push(atMs - startMs);
    await new Promise((resolve) => setTimeout(resolve, gapMs));
  }
  return delays;
}
