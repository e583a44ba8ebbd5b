/**
 * RTSP rig: a keeper with an owner, an eye that sends what the test says, and the RTSP process's parts in this process.
 *
 * Frames are no video: bytes that can be told apart, in the same boxes in which the eye sends its own.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { fragment } from "../../../daemon/eye/fmp4/fragment.ts";
import { initSegment } from "../../../daemon/eye/fmp4/init.ts";
import { openRtsp, type Rtsp } from "../../../daemon/rtsp/rtsp.ts";
import { encodeLive } from "../../../daemon/wire/live.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { pairFolder } from "../../../scripts/rigs/paired.ts";
import { openDoor, testSettings, type TestDoor } from "../keeper/door.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { connectTestEye, type TestEye } from "../keeper/test-eye.ts";

export const password = "correct horse battery";
export const wait = { timeout: 30_000, interval: 20 };

/** SPS and PPS of a stream that nobody decodes. */
export const avcC = Uint8Array.from([
  1, 0x42, 0xc0, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0xc0, 0x1f, 1, 0, 2, 0x68, 0xce,
]);

export interface RtspRig extends AsyncDisposable {
  readonly door: TestDoor;
  readonly eye: TestEye;
  readonly rtsp: Rtsp;
  readonly clock: SimClock;
  readonly port: number;
  /** A frame of so many bytes; the first call sends what goes before all frames. */
  frame(kind: "key" | "delta", bytes?: number): void;
  /** Sends a keyframe again and again until `done`. */
  until<T>(done: Promise<T>): Promise<T>;
}

export interface RigOptions {
  readonly publish?: boolean;
  readonly settings?: Record<string, unknown>;
  readonly password?: string;
}

export async function openRig(options: RigOptions = {}): Promise<RtspRig> {
  await using stack = new AsyncDisposableStack();
  const data = stack.use(await tempFolder()).path;
  const passwordFile = join(data, "rtsp-password");
  await writeFile(passwordFile, `${options.password ?? password}\n`);
  await pairFolder(data, { publish: { rtsp: options.publish ?? true } });
  const rtspSettings = { enabled: true, streamPort: 0, onvifPort: 0, passwordFile, ...options.settings };
  const door = stack.use(await openDoor({ data, settings: { rtsp: rtspSettings } }));
  const eye = stack.use(await connectTestEye(door.paths));
  eye.status();
  const clock = new SimClock();
  const settings = testSettings(data, { rtsp: rtspSettings }).rtsp;
  const rtsp = stack.use(openRtsp({ settings, socketPath: door.paths.rtspSocket, clock }));
  await vi.waitFor(() => expect(door.keeper.status().processes[3]?.connected).toBe(true), wait);
  if (options.publish !== false && options.password === undefined)
    await vi.waitFor(
      () => expect([rtsp.port, door.keeper.status().rtsp?.why]).toEqual([expect.any(Number), undefined]),
      wait,
    );
  let sent = 0;
  const frame = (kind: "key" | "delta", bytes = 100): void => {
    if (sent === 0)
      eye.raw(
        encodeLive({
          kind: "init",
          ptsUs: 0,
          wallMs: 0,
          payload: initSegment({ width: 64, height: 64, avcC }),
        }),
      );
    sent += 1;
    const data = Buffer.alloc(bytes + 4, sent & 0xff);
    data.writeUInt32BE(bytes, 0);
    data[4] = kind === "key" ? 0x65 : 0x41;
    const unit = { data, ptsUs: sent * 100_000, durationUs: 100_000, keyframe: kind === "key" };
    const payload = fragment([unit], { sequence: sent, baseUs: 0 });
    eye.raw(encodeLive({ kind, ptsUs: unit.ptsUs, wallMs: unit.ptsUs / 1_000, payload }));
  };
  const open = stack.move();
  return {
    door,
    eye,
    rtsp,
    clock,
    get port() {
      return rtsp.port ?? 0;
    },
    frame,
    async until(done) {
      const timer = setInterval(() => {
        sent = 0;
        frame("key");
      }, 20);
      return done.finally(() => clearInterval(timer));
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
