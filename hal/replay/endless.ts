/**
 * Endless: a finite source played again and again as one, with media time that only grows.
 *
 * The next round begins one frame after the last one of the round before. A source that comes
 * back in another size ends with `unavailable`, as the camera's contract wants it; one without a
 * single frame with `corrupt`, so that nobody turns in a circle.
 */
import type { Camera, CameraDriver } from "../camera.ts";
import { Fault } from "../fault.ts";
import type { RawFrame } from "../frame.ts";

export interface FrameSource {
  readonly first: Camera;
  /** In order, ptsUs grows, `sequence` counts without gaps; null at the end or after `close`. */
  read(): Promise<RawFrame | null>;
  close(): Promise<void>;
}

export async function openSource(
  driver: CameraDriver,
  loop: boolean,
  signal?: AbortSignal,
): Promise<FrameSource> {
  const first = await driver.open(signal);
  const usualFrameUs = 1e6 / Math.max(1, first.info.fps);
  let camera = first;
  let closed = false;
  let sequence = 0;
  let shiftUs: number | null = 0;
  let lastUs = -1;

  const rewind = async (): Promise<boolean> => {
    if (shiftUs === null || sequence === 0) throw new Fault("corrupt", `${first.info.name} has no frames`);
    await camera.close();
    if (closed) return false;
    camera = await driver.open();
    if (closed) return (await camera.close(), false);
    const { width, height } = camera.info;
    if (width !== first.info.width || height !== first.info.height) {
      const sizes = `${first.info.width}x${first.info.height} to ${width}x${height}`;
      throw new Fault("unavailable", `${first.info.name} changed from ${sizes}`);
    }
    shiftUs = null;
    return true;
  };
  const stamp = (frame: RawFrame): RawFrame => {
    shiftUs ??= Math.round(lastUs + usualFrameUs - frame.ptsUs);
    lastUs = frame.ptsUs + shiftUs;
    const { width, height, y, u, v } = frame;
    return { width, height, y, u, v, ptsUs: lastUs, sequence: sequence++ };
  };
  const read = async (): Promise<RawFrame | null> => {
    for (;;) {
      if (closed) return null;
      const frame = await camera.read();
      if (frame !== null) return stamp(frame);
      if (closed || !loop || !(await rewind())) return null;
    }
  };
  return {
    first,
    read,
    async close() {
      closed = true;
      await camera.close();
    },
  };
}
