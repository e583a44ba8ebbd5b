/**
 * Privacy: how many frames pass between the tap that closes the camera's sight and the first that nobody looks at, and
 * how soon the tap is answered. A viewer watches and a ring is being recorded; the tap is the page's own request. A frame
 * counts when the eye took it (its own wall time) after the request was sent: the same machine's clock. What the
 * encoder holds back never leaves and cannot be counted so; as many as it holds are added.
 */
import { decodeLive, type LiveUnit } from "../../daemon/wire/live.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import { Fault } from "../../hal/fault.ts";
import { startDaemon, type Daemon } from "../rigs/daemon.ts";
import { getJson } from "../rigs/person.ts";
import { percentile } from "./cpu.ts";
import { figure, type Figure } from "./figure.ts";

const taps = 30;
const fps = 30;
const patienceMs = 20_000;
/** Whatever is on its way arrives within this time. */
const settleMs = 400;

export async function benchPrivacy(note: (line: string) => void): Promise<Figure[]> {
  await using daemon = await startDaemon({ flags: ["--log.level=warn", `--camera.fps=${fps}`] });
  note(`  ${taps} taps`);
  const units: LiveUnit[] = [];
  const socket = daemon.owner.socket("/api/live");
  socket.on("message", (data: Buffer) => units.push(decodeLive(data)));
  const [left, held, answered]: [number[], number[], number[]] = [[], [], []];
  let heldBefore = 0;
  for (let tap = 0; tap < taps; tap += 1) {
    const known = units.length;
    await until(() => units.slice(known).some(({ kind }) => kind === "key"));
    await daemon.fetch("/api/sim/press", { method: "POST" });
    await pause(200 + tap * 7);
    const heldEver = await heldBack(daemon);
    held.push(heldEver - heldBefore);
    heldBefore = heldEver;
    const [wallMs, startMs] = [Date.now(), performance.now()];
    await put(daemon, { closed: true });
    answered.push(performance.now() - startMs);
    await pause(settleMs);
    const after = units.filter((unit) => unit.kind !== "init" && unit.wallMs >= wallMs);
    left.push(after.length);
    await put(daemon, { closed: false });
  }
  socket.terminate();
  return [
    figure("privacy.frames.most", Math.max(...left.map((count, tap) => count + (held[tap] ?? 0))), {
      unit: "frames",
      goal: 2,
    }),
    figure("privacy.frames.left", Math.max(...left), { unit: "frames" }),
    figure("privacy.answer.p95.ms", percentile(answered, 0.95), { unit: "ms" }),
  ];
}

/** Frames that encoders were given and never gave back, those of before included: what they hold when they end is dropped. */
async function heldBack(daemon: Daemon): Promise<number> {
  const { stages } = await getJson<Status>(daemon, "/api/status");
  const encode = stages.find(({ name }) => name === "encode");
  return encode === undefined ? 0 : encode.in - encode.out;
}

async function put(daemon: Daemon, body: unknown): Promise<void> {
  const answer = await daemon.fetch("/api/privacy", {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!answer.ok) throw new Fault("unavailable", `answer ${answer.status}: ${await answer.text()}`);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(is: () => boolean): Promise<void> {
  for (const start = performance.now(); !is(); await pause(5))
    if (performance.now() - start > patienceMs)
      throw new Fault("timeout", `no live picture in ${patienceMs / 1_000} s`);
}
