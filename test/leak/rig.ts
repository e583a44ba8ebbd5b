/**
 * Rig: a real doorbell on the porch with the canary, after somebody has rung, and what it takes to ask
 * and to open everything it has.
 */
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, vi } from "vitest";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";
import { open } from "../../daemon/seal/age/seal.ts";
import { parseIdentity } from "../../daemon/seal/age/keys.ts";
import type { Keys } from "../../daemon/identity/keys.ts";
import type { FrameGeometry } from "../../hal/frame.ts";
import { startDaemon, type Daemon } from "../../scripts/rigs/daemon.ts";
import { enrol, expectOk, human, signIn, type SignedInHuman } from "../../scripts/rigs/person.ts";

export interface HuntRig extends AsyncDisposable {
  readonly daemon: Daemon;
  readonly owner: SignedInHuman;
  readonly member: SignedInHuman;
  /** Complete. */
  readonly clip: Clip;
  readonly event: Event;
}

export const camera: FrameGeometry = { width: 640, height: 360 };
const flags = [
  ..."--sim.canary=true --sim.light=day --sim.rain=off --camera.width=640 --camera.height=360 --camera.fps=10".split(
    " ",
  ),
  ..."--recording.postRollMs=2000 --recording.preRollMs=2000 --recording.bitrateKbps=400 --log.level=debug".split(
    " ",
  ),
];
const wait = { timeout: 40_000, interval: 200 };
/** For systems of the house. */
export const rtspPassword = "a password of twelve";

export async function json<T>(who: SignedInHuman, path: string): Promise<T> {
  const response = await who.fetch(path);
  expect(response.ok, `${path}: ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

/** `data` is a folder of the caller's. */
export async function startHunt(data: string): Promise<HuntRig> {
  const passwordFile = join(dirname(data), "rtsp-password");
  await writeFile(passwordFile, rtspPassword);
  const systems = ["--rtsp.enabled=true", "--rtsp.streamPort=0", "--rtsp.onvifPort=0"];
  const daemon = await startDaemon({
    flags: [...flags, ...systems, `--rtsp.passwordFile=${passwordFile}`],
    data,
    policy: { publish: { rtsp: true } },
  });
  const { owner } = daemon;
  const other = human(2, "member");
  await enrol(owner, other);
  const member = await signIn(daemon.url, other);
  await vi.waitFor(
    async () => expect((await json<Status>(owner, "/api/status")).camera.state).toBe("running"),
    wait,
  );
  await expectOk(await owner.fetch("/api/sim/press", { method: "POST" }));
  const { event, clip } = await vi.waitFor(async () => {
    const { events } = await json<{ events: Event[] }>(owner, "/api/events");
    const event = events.find(({ kind }) => kind === "ring");
    const clip = await json<Clip>(owner, `/api/clips/${event?.clip}`);
    expect([event?.state, clip.state, clip.thumbnail]).toEqual(["closed", "complete", true]);
    return { event: event as Event, clip };
  }, wait);
  return {
    daemon,
    owner,
    member,
    clip,
    event,
    [Symbol.asyncDispose]: async () => void (await daemon.stop()),
  };
}

/** Throws when these keys do not open it. */
export function opened(sealed: Uint8Array, keys: Keys): Uint8Array {
  return open(sealed, [parseIdentity(keys.sealIdentity)]);
}

export async function bytesOf(response: Response): Promise<Uint8Array> {
  expect(response.ok, `${response.url}: ${response.status}`).toBe(true);
  return new Uint8Array(await response.arrayBuffer());
}
