import { expect, test } from "vitest";
import { replayButton, replayPir } from "../../../hal/replay/sensors.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { buttonContract } from "../../contract/button.ts";
import { pirContract } from "../../contract/pir.ts";
import { edge, writeTrace } from "./rigs.ts";

const everySecond = Array.from({ length: 20 }, (_, index) => (index + 1) * 1_000);

buttonContract("replay", async () => {
  const clock = new SimClock();
  const edges = everySecond.flatMap((atMs) => [
    edge(atMs, "button", true),
    edge(atMs + 200, "button", false),
  ]);
  const folder = await writeTrace(edges);
  const button = await replayButton({ video: folder.video, clock }).open();
  return {
    button,
    clock,
    press: () => clock.advance(1_000),
    async [Symbol.asyncDispose]() {
      await button[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});

pirContract("replay", async () => {
  const clock = new SimClock();
  const folder = await writeTrace(everySecond.map((atMs, index) => edge(atMs, "pir", index % 2 === 0)));
  const pir = await replayPir({ video: folder.video, clock }).open();
  return {
    pir,
    clock,
    toggle: () => clock.advance(1_000),
    async [Symbol.asyncDispose]() {
      await pir[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});

const trace = [
  edge(0, "pir", true),
  edge(1_500, "button", true),
  edge(1_500, "button", true),
  edge(4_000, "pir", false),
  edge(9_000, "button", true),
];

interface Played {
  readonly clock: SimClock;
  readonly pressesMs: number[];
  readonly pir: string[];
}

async function play(
  lateMs: number,
  forMs: number,
  { durationMs, loop }: { durationMs?: number; loop?: boolean } = {},
): Promise<Played> {
  const clock = new SimClock();
  await using folder = await writeTrace(trace, durationMs);
  const options = { video: folder.video, clock, epochWallMs: clock.wallMs() - lateMs, loop: loop ?? false };
  await using button = await replayButton(options).open();
  await using sensor = await replayPir(options).open();
  const pressesMs: number[] = [];
  const pir = [`0 ${sensor.active}`];
  button.onPress(({ monoMs }) => pressesMs.push(monoMs));
  sensor.onEdge(({ monoMs, active }) => pir.push(`${monoMs} ${active}`));
  await clock.advance(forMs);
  return { clock, pressesMs, pir };
}

test("edges come at their time after the epoch, two at one time both", async () => {
  const { pressesMs, pir } = await play(0, 20_000);
  expect(pressesMs).toEqual([1_500, 1_500, 9_000]);
  expect(pir).toEqual(["0 true", "4000 false"]);
});

test("who opens late joins at the current place, with the level of that moment", async () => {
  const { pressesMs, pir } = await play(5_000, 20_000);
  expect(pressesMs).toEqual([4_000]);
  expect(pir).toEqual(["0 false"]);
});

test("an epoch in the future is waited for", async () => {
  const { pressesMs, pir } = await play(-10_000, 20_000);
  expect(pressesMs).toEqual([11_500, 11_500, 19_000]);
  expect(pir).toEqual(["0 false", "10000 true", "14000 false"]);
});

test("a loop starts again after the trace's duration, and joins in the right round", async () => {
  const { pressesMs, pir } = await play(25_000, 12_000, { durationMs: 10_000, loop: true });
  expect(pressesMs).toEqual([4_000, 6_500, 6_500]);
  expect(pir).toEqual(["0 false", "5000 true", "9000 false"]);
});

test.each([{ loop: false, durationMs: 10_000 }, { loop: true }])("%j is played once", async (options) => {
  const { pressesMs } = await play(0, 60_000, options);
  expect(pressesMs.length).toBe(3);
});

test("a clock correction moves wall times, not the moments", async () => {
  const clock = new SimClock();
  await using folder = await writeTrace([edge(1_000, "button", true)]);
  await using button = await replayButton({ video: folder.video, clock }).open();
  const presses: unknown[] = [];
  button.onPress((press) => presses.push(press));
  clock.stepWall(-3_600_000);
  await clock.advance(1_000);
  expect(presses).toEqual([{ monoMs: 1_000, wallMs: clock.wallMs() }]);
});

test("a trace longer than a timer can wait is played all the same", async () => {
  const clock = new SimClock();
  const monthMs = 30 * 86_400_000;
  await using folder = await writeTrace([edge(monthMs, "button", true)]);
  await using button = await replayButton({ video: folder.video, clock }).open();
  let presses = 0;
  button.onPress(() => (presses += 1));
  await clock.advance(monthMs - 1);
  expect(presses).toBe(0);
  await clock.advance(1);
  expect(presses).toBe(1);
});

test("without a trace the opening says where it would have to lie", async () => {
  const driver = replayButton({ video: "/nowhere/porch.mp4", clock: new SimClock() });
  await expect(driver.open()).rejects.toMatchObject({
    kind: "not-found",
    message: expect.stringContaining("/nowhere/porch.mp4.trace.jsonl"),
    hint: expect.stringContaining("none"),
  });
});
