/**
 * A hardware trace in the camera's place, under the real eye: its stall is the doorbell's stall, and it comes back.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Moment } from "../../../hal/trace/format.ts";
import { buttonLine, traceOf } from "../../hal/trace/rigs.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { startEye } from "./eye-process.ts";

const size = { width: 640, height: 360, fps: 10 };

/** `ptsUs` of a recorded frame, which says which opening it is of. */
const ptsOf = (opening: number, n: number): number => opening * 7_000_000 + n * 100_003;

function opening(number: number, fromMs: number, count: number): Moment[] {
  const frames = Array.from({ length: count }, (_, n): Moment => {
    const atNs = (fromMs + n * 100) * 1e6;
    return { type: "frame", atNs, sequence: n, ptsUs: ptsOf(number, n), dropped: 0 };
  });
  return [{ type: "camera", atNs: fromMs * 1e6, state: "running", ...size }, ...frames];
}

test("a recorded stall is a stall, and the frames after it are those of the trace", async () => {
  await using folder = await tempFolder();
  const source = join(folder.path, "porch.trace.jsonl");
  const stalled: Moment = { type: "camera", atNs: 2e9, state: "stalled", ...size };
  const moments = [...opening(1, 0, 15), stalled, ...opening(2, 3_000, 10)];
  await writeFile(source, traceOf(moments, { lines: [buttonLine], endNs: 4e9 }));
  await using eye = await startEye({
    flags: ["--camera.driver=replay", `--camera.source=${source}`, "--camera.loop=true"],
    onArrived: (send) => send({ type: "timings", on: true, picturesPerS: 0 }),
  });
  const camera = { timeout: 60_000, interval: 50 };
  await vi.waitFor(() => {
    const states = eye.told.flatMap((told) => (told.type === "eye-status" ? [told.camera] : []));
    const at = states.findIndex(({ state }) => state === "stalled");
    expect(states[at]?.fault).toMatchObject({
      kind: "timeout",
      message: "the camera stalled here when the trace was recorded",
    });
    expect(states.slice(at).find(({ state }) => state === "running")).toMatchObject({
      name: "timings of porch.trace.jsonl",
      ...size,
    });
  }, camera);
  await vi.waitFor(() => {
    const frames = eye.told.flatMap((told) => (told.type === "frame-timings" ? told.frames : []));
    const anew = frames.filter(({ sequence, ptsUs }) => sequence < 10 && ptsUs === ptsOf(2, sequence));
    expect(anew.length).toBeGreaterThan(2);
  }, camera);
});
