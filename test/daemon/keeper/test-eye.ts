/** A peer that speaks the eye's side of the wire over the real socket, and writes real clip files. */
import { systemClock } from "../../../hal/clock.ts";
import { encodeLive, type LiveKind } from "../../../daemon/wire/live.ts";
import { connectLink, type Link } from "../../../daemon/wire/link.ts";
import type { ClipManifest } from "../../../daemon/wire/manifest.ts";
import {
  keeperToEyeSchema,
  type EyeStatus,
  type EyeToKeeper,
  type KeeperToEye,
} from "../../../daemon/wire/messages.ts";
import type { DataPaths } from "../../../daemon/wire/paths.ts";
import { writeClip, type DiskClip } from "./clip-on-disk.ts";

export const runningStatus: EyeStatus = {
  type: "eye-status",
  camera: { state: "running", name: "test camera", width: 640, height: 480, fps: 15 },
  encoder: "x264enc",
  mask: { policyVersion: 1, visibleFrac: 0.5 },
  motion: { active: false, score: 0 },
  recording: null,
  stages: [{ name: "mask", in: 3, out: 3, dropped: 0 }],
  rssBytes: 50_000_000,
  cpuMs: 10,
};

export interface TestEye extends AsyncDisposable {
  readonly received: readonly KeeperToEye[];
  send(message: EyeToKeeper): void;
  unit(kind: LiveKind, payload?: Uint8Array): void;
  raw(bytes: Uint8Array): void;
  status(changes?: Partial<EyeStatus>): void;
  /** Writes the clip's files and reports them as the eye does; not closed. */
  record(paths: DataPaths, clip: DiskClip): Promise<ClipManifest["fragments"]>;
}

export async function connectTestEye(paths: DataPaths): Promise<TestEye> {
  const received: KeeperToEye[] = [];
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  const link: Link<EyeToKeeper> = connectLink<KeeperToEye, EyeToKeeper>({
    path: paths.eyeSocket,
    incoming: keeperToEyeSchema,
    clock: systemClock,
    onMessage: (message) => received.push(message),
    onConnected: (up) => up && resolve(),
  });
  await connected;
  link.send({ type: "hello", process: "eye", pid: process.pid, version: 1 });
  return {
    received,
    send: (message) => link.send(message),
    unit: (kind, payload = Buffer.from(kind)) =>
      link.sendBinary(encodeLive({ kind, ptsUs: 1, wallMs: 1, payload })),
    raw: (bytes) => link.sendBinary(bytes),
    status: (changes = {}) => link.send({ ...runningStatus, ...changes }),
    async record(at, clip) {
      const { fragments } = await writeClip(at, { ...clip, closed: null });
      const events = clip.events?.map((each) => each.event) ?? [];
      const { id, startWallMs } = clip;
      link.send({
        type: "clip-opened",
        clip: id,
        startWallMs,
        events,
        codec: "avc1.42c01f",
        width: 640,
        height: 480,
      });
      for (const each of fragments) link.send({ type: "clip-fragment", clip: id, ...each });
      return fragments;
    },
    [Symbol.asyncDispose]: () => link.close(),
  };
}
