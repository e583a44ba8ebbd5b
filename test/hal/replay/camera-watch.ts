/**
 * Camera watch: what the eye and the recorder would tell of a camera: opened again half a second after each loss.
 */
import type { CameraDriver } from "../../../hal/camera.ts";
import { toFault } from "../../../hal/fault.ts";
import type { SimClock } from "../../../hal/sim/clock.ts";
import type { Moment } from "../../../hal/trace/format.ts";

const againMs = 500;

/** Until so much time is over, or the source is at its end. */
export async function watchCamera(driver: CameraDriver, clock: SimClock, ms: number): Promise<Moment[]> {
  const moments: Moment[] = [];
  const stop = new AbortController();
  // to the microsecond, which is what sums of milliseconds keep
  const atNs = (): number => Math.round(clock.monoMs() * 1e3) * 1e3;
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      let size = { width: 0, height: 0, fps: 0 };
      try {
        await using camera = await driver.open(stop.signal);
        stop.signal.addEventListener("abort", () => void camera.close(), { once: true });
        const { width, height, fps } = camera.info;
        for (let count = 0; ; count += 1) {
          const frame = await camera.read();
          if (frame === null) return;
          const { sequence, ptsUs } = frame;
          moments.push({
            type: "frame",
            atNs: atNs(),
            sequence,
            ptsUs,
            dropped: camera.counters.framesDropped,
          });
          size = { width, height, fps };
          if (count === 0) moments.push({ type: "camera", atNs: atNs(), state: "running", ...size });
        }
      } catch (error) {
        const { kind } = toFault(error);
        if (kind === "cancelled") return;
        if (size.width === 0) return; // a loss that the trace ends with
        moments.push({
          type: "camera",
          atNs: atNs(),
          state: kind === "timeout" ? "stalled" : "failed",
          ...size,
        });
        await new Promise<void>((resolve) => void clock.after(againMs, resolve));
      }
    }
  };
  const running = run();
  await clock.advance(ms);
  stop.abort();
  await clock.advance(againMs);
  await running;
  return moments;
}
