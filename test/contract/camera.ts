/**
 * Contract of Camera (hal/camera.ts), for every driver.
 *
 * A rig says how to get a source that behaves in a certain way; what a driver cannot do is absent
 * and skipped aloud.
 */
import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Camera, CameraDriver } from "../../hal/camera.ts";
import type { FaultKind } from "../../hal/fault.ts";
import type { Plane, RawFrame } from "../../hal/frame.ts";

export interface CameraRig {
  /** Ends after exactly this many pictures, as fast as they are read. */
  finite(frames: number): CameraDriver;
  /** Gives at least one picture, then none; its stallMs is short. */
  stalls?(): CameraDriver;
  /** Called until a stalled read settles: lets the rig's time go by. */
  elapse?(): Promise<void>;
  /** Gives at least one picture, then a larger or smaller one. */
  resizes?(): CameraDriver;
  /** Gives at least one picture, then the device goes away. */
  dies?(): CameraDriver;
  /** No such file or device. */
  missing?(): CameraDriver;
  /** A picture larger than it may be. */
  tooLarge?(): CameraDriver;
}

export function describeCamera(driver: string, rig: CameraRig): void {
  describe(`${driver} camera`, () => {
    test("knows its size and rate once it is open", async () => {
      await using camera = await rig.finite(3).open();
      const { name, width, height, fps, live } = camera.info;
      expect(name).not.toBe("");
      expect(Math.min(width, height, fps)).toBeGreaterThan(0);
      expect(live).toBe(false);
    });

    test("gives every frame in order, with growing times, then null for ever", async () => {
      await using camera = await rig.finite(12).open();
      const seen = await readAll(camera);
      expect(seen.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 12 }, (_, i) => i));
      expect(seen.every(({ ptsUs }, i) => i === 0 || ptsUs > (seen[i - 1]?.ptsUs ?? Infinity))).toBe(true);
      expect([await camera.read(), await camera.read()]).toEqual([null, null]);
      expect(camera.counters).toEqual({ framesIn: 12, framesDropped: 0 });
    });

    test("every frame is I420 of the size that was told, with all its rows in memory", async () => {
      await using camera = await rig.finite(2).open();
      const { width, height } = camera.info;
      const frame = await next(camera);
      const [cw, ch] = [Math.ceil(width / 2), Math.ceil(height / 2)];
      expect([frame.width, frame.height]).toEqual([width, height]);
      expect([frame.y, frame.u, frame.v].map((plane) => [plane.width, plane.height])).toEqual([
        [width, height],
        [cw, ch],
        [cw, ch],
      ]);
      expect([frame.y, frame.u, frame.v].every(isWhole)).toBe(true);
    });

    test("gives the same pictures each time it is opened", async () => {
      expect(await fingerprints(rig.finite(5))).toEqual(await fingerprints(rig.finite(5)));
    });

    test("closing twice is fine, and a closed camera gives no more frames", async () => {
      const camera = await rig.finite(5).open();
      await camera.read();
      await camera.close();
      await camera.close();
      expect(await camera.read()).toBeNull();
    });

    test("opening and closing leaves no thread and no descriptor", async () => {
      await fingerprints(rig.finite(2)); // whatever is loaded once
      const before = await held();
      for (let i = 0; i < 12; i += 1) await (await rig.finite(2).open()).close();
      expect(await held()).toBeLessThan(before + 6); // idle threads of a pool come and go
    });

    test("an opening that was called off is cancelled", async () => {
      await expectFault(rig.finite(5).open(AbortSignal.abort()), "cancelled");
    });

    test("close ends a read that waits, with null", async (context) => {
      if (rig.stalls === undefined) return context.skip("this driver cannot stall");
      const camera = await rig.stalls().open();
      const reads = readAll(camera);
      await new Promise((resolve) => setImmediate(resolve));
      await camera.close();
      await rig.elapse?.();
      await expect(reads).resolves.toBeInstanceOf(Array);
    });

    test("silence is a timeout, once and from then on", async (context) => {
      if (rig.stalls === undefined) return context.skip("this driver cannot stall");
      await expectFaultAfterFrames(rig, rig.stalls(), "timeout");
    });

    test("another picture size is a fault that names both", async (context) => {
      if (rig.resizes === undefined) return context.skip("this driver cannot change its size");
      const fault = await expectFaultAfterFrames(rig, rig.resizes(), "unavailable");
      expect(fault.message).toMatch(/\d+x\d+.*\d+x\d+/);
    });

    test("a device that goes away is unavailable", async (context) => {
      if (rig.dies === undefined) return context.skip("this driver cannot lose its device");
      await expectFaultAfterFrames(rig, rig.dies(), "unavailable");
    });

    test("a source that is not there is told on opening, with a hint", async (context) => {
      if (rig.missing === undefined) return context.skip("this driver is always there");
      const fault = await expectFault(rig.missing().open(), "not-found");
      expect(fault.hint).toBeTruthy();
    });

    test("a picture that is too large is refused on opening", async (context) => {
      if (rig.tooLarge === undefined) return context.skip("this driver's size is its own choice");
      await expectFault(rig.tooLarge().open(), "exhausted");
    });
  });
}

interface Seen {
  readonly sequence: number;
  readonly ptsUs: number;
}

async function readAll(camera: Camera): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let frame = await camera.read(); frame !== null; frame = await camera.read())
    seen.push({ sequence: frame.sequence, ptsUs: frame.ptsUs });
  return seen;
}

async function next(camera: Camera): Promise<RawFrame> {
  const frame = await camera.read();
  if (frame === null) throw new Error("camera ended early");
  return frame;
}

function isWhole({ data, stride, width, height }: Plane): boolean {
  return stride >= width && data.length >= stride * (height - 1) + width;
}

/** One number per frame that depends on every visible pixel. */
async function fingerprints(driver: CameraDriver): Promise<number[]> {
  await using camera = await driver.open();
  const prints: number[] = [];
  for (let frame = await camera.read(); frame !== null; frame = await camera.read())
    prints.push([frame.y, frame.u, frame.v].reduce(hashPlane, frame.ptsUs));
  return prints;
}

function hashPlane(start: number, { data, stride, width, height }: Plane): number {
  let hash = start;
  for (let y = 0; y < height; y += 1)
    for (const sample of data.subarray(y * stride, y * stride + width)) hash = (hash * 31 + sample) | 0;
  return hash;
}

async function held(): Promise<number> {
  const [threads, descriptors] = await Promise.all([readdir("/proc/self/task"), readdir("/proc/self/fd")]);
  return threads.length + descriptors.length;
}

async function expectFault(promise: Promise<unknown>, kind: FaultKind): Promise<Error & { hint?: string }> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: "Fault", kind });
  return error as Error & { hint?: string };
}

async function expectFaultAfterFrames(rig: CameraRig, driver: CameraDriver, kind: FaultKind): Promise<Error> {
  await using camera = await driver.open();
  await next(camera);
  const reading = { over: false };
  const fault = expectFault(readAll(camera), kind).finally(() => (reading.over = true));
  while (!reading.over) {
    await rig.elapse?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expectFault(camera.read(), kind);
  return fault;
}
