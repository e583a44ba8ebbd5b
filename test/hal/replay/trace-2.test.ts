/**
 * A trace of version 2 in the place of the hardware: `button.driver` and `pir.driver` replay.
 */
import { expect, test } from "vitest";
import { replayButton, replayPir } from "../../../hal/replay/sensors.ts";
import { readTrace, tracePath } from "../../../hal/replay/trace.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import type { Moment } from "../../../hal/trace/format.ts";
import { buttonLine, pirLine, traceOf } from "../trace/rigs.ts";
import { writeTraceText } from "./rigs.ts";

const edge = (atMs: number, line: string, active: boolean): Moment => {
  return { type: "edge", atNs: atMs * 1e6, line, active };
};

test("bounces recorded on the wire are one press and one PIR edge when they are played", async () => {
  const clock = new SimClock();
  const bounces = [1_000, 1_003, 1_006].map((atMs, index) => edge(atMs, "button", index % 2 === 0));
  const away = [2_000, 2_010, 2_020].map((atMs, index) => edge(atMs, "pir", index % 2 === 1));
  await using folder = await writeTraceText(
    traceOf([...bounces, ...away], { lines: [buttonLine, { ...pirLine, active: true }] }),
  );
  await using button = await replayButton({ video: folder.video, clock }).open();
  await using pir = await replayPir({ video: tracePath(folder.video), clock }).open();
  const told: string[] = [`pir ${pir.active}`];
  button.onPress(({ monoMs }) => told.push(`press ${monoMs}`));
  pir.onEdge(({ active, monoMs }) => told.push(`pir ${active} ${monoMs}`));
  await clock.advance(10_000);
  expect(told).toEqual(["pir true", "press 1000", "pir false 2000"]);
});

test("in a loop it starts again at its end", async () => {
  await using folder = await writeTraceText(traceOf([edge(1_000, "button", true)], { endNs: 4e9 }));
  expect((await readTrace(tracePath(folder.video))).durationMs).toBe(4_000);
});

test("a trace of other lines says which it has", async () => {
  await using folder = await writeTraceText(traceOf([], { lines: [buttonLine] }));
  await expect(replayPir({ video: folder.video, clock: new SimClock() }).open()).rejects.toMatchObject({
    kind: "not-found",
    message: expect.stringMatching(/has no pir: it holds only the button$/u),
    hint: "set pir.driver to none, or record the line: sill hal record FILE --lines pir",
  });
});

test("damage is told, and does not play", async () => {
  const whole = traceOf([edge(1_000, "button", true)]).toString();
  await using folder = await writeTraceText(whole.replace('"active":true', '"active":false'));
  await expect(readTrace(tracePath(folder.video))).rejects.toMatchObject({ kind: "corrupt" });
});
