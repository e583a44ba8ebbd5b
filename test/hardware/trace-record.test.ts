/**
 * Traces of a real kernel's lines, by the code of `sill hal record`: what was done to them is in it to the last edge,
 * and its replay gives the same presses.
 *
 * HW_TRACE=FILE keeps the long one: that is how test/traces/real-kernel.trace.jsonl was made.
 */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settingsSchema } from "../../config/schema.ts";
import { untilInterrupted } from "../../daemon/cli/hal/interrupt.ts";
import { recordTrace, type Recorded } from "../../daemon/cli/hal/record.ts";
import { systemClock } from "../../hal/clock.ts";
import type { Moment } from "../../hal/trace/format.ts";
import type { TraceReplay } from "../../hal/trace/replay.ts";
import { scanTrace } from "../../hal/trace/scan.ts";
import { chunksOf, replayed } from "../hal/trace/rigs.ts";
import { sleep } from "../../scripts/rigs/driven-line.ts";
import { SimChip, hasGpioSim } from "../../scripts/rigs/gpio-sim.ts";

const noSim = "this kernel has no gpio-sim, or this is not root";
const [buttonLine, pirLine] = [17, 27];
const debounceMs = 50;
/** gpio-sim's interrupts may wait for the kernel's tick, 10 ms; edges within one become one. */
const stepMs = 11;
/** Longer than the debounce, by any kernel's tick. */
const quietMs = 200;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-hardware-trace-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Told extends TraceReplay {
  readonly recorded: Recorded;
  readonly file: string;
  readonly all: readonly Moment[];
}

let traces = 0;
/** Everything that `act` does to the chip, recorded and replayed. */
async function told(chip: SimChip, act: () => Promise<void>): Promise<Told> {
  traces += 1;
  const file = join(folder, `${traces}.trace.jsonl`);
  const { promise: started, resolve: onStarted } = Promise.withResolvers<unknown>();
  using until = untilInterrupted(systemClock, null);
  const wire = { driver: "gpio", chip: chip.label };
  const recording = recordTrace({
    settings: settingsSchema.parse({
      data: join(folder, "nobody"),
      button: { ...wire, line: buttonLine, debounceMs },
      pir: { ...wire, line: pirLine, debounceMs },
    }),
    file,
    names: null,
    maxBytes: 1e6,
    picturesPerS: 0,
    clock: systemClock,
    until,
    onStarted,
  });
  await Promise.race([started, recording]);
  await act();
  until.stop();
  const recorded = await recording;
  const bytes = await readFile(file);
  const all: Moment[] = [];
  await scanTrace(chunksOf(bytes), { onHeader: () => {}, onMoment: (moment) => all.push(moment) });
  return { ...(await replayed(bytes)), recorded, file, all };
}

/** Closing or opening contacts: so many edges, the last one the level that stays. */
async function bounce(chip: SimChip, line: number, to: boolean, edges = 7): Promise<void> {
  for (let edge = 0; edge < edges; edge += 1) {
    chip.pull(line, (edge % 2 === 0) === to);
    await sleep(stepMs);
  }
}

async function press(chip: SimChip, heldMs = 120): Promise<void> {
  await bounce(chip, buttonLine, true);
  await sleep(heldMs);
  await bounce(chip, buttonLine, false);
}

function levels(moments: readonly Moment[], line: string): boolean[] {
  return moments.flatMap((moment) => (moment.type === "edge" && moment.line === line ? [moment.active] : []));
}

const bounced = (to: boolean): boolean[] => [to, !to, to, !to, to, !to, to];

test("a bouncing press: every edge as the kernel stamped it, in order, and one press of them", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const { header, lines, all, differences, recorded } = await told(chip, async () => {
    await press(chip);
    await sleep(quietMs);
  });
  expect(header).toMatchObject({
    by: "standalone",
    lines: [{ chip: chip.label, offset: 17, raw: true }, {}],
  });
  expect(levels(all, "button")).toEqual([...bounced(true), ...bounced(false)]);
  expect(all.some((moment) => moment.type === "edge" && moment.stamp !== undefined)).toBe(false);
  const atNs = all.flatMap((moment) => (moment.type === "edge" ? [moment.atNs] : []));
  expect(atNs).toEqual(atNs.toSorted((a, b) => a - b));
  expect(lines[0]).toMatchObject({ edges: 14, outcomes: 1, recorded: 1, missed: 0 });
  expect([differences, recorded.reason]).toEqual([[], "asked"]);
});

test("two presses soon after each other are both told, and so is the PIR meanwhile", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const { lines, differences } = await told(chip, async () => {
    await bounce(chip, pirLine, true);
    await press(chip);
    await sleep(120);
    await press(chip);
    await sleep(quietMs);
    await bounce(chip, pirLine, false);
    await sleep(quietMs);
  });
  expect(lines).toMatchObject([
    { line: "button", edges: 28, outcomes: 2, recorded: 2 },
    { line: "pir", edges: 14, outcomes: 2, recorded: 2 },
  ]);
  expect(differences).toEqual([]);
});

test("a chip that goes and comes back under the recorder: told, taken again, and nothing is doubled", async (context) => {
  if (!hasGpioSim()) return context.skip(noSim);
  using chip = new SimChip();
  const { lines, all, differences, file } = await told(chip, async () => {
    await press(chip);
    await sleep(quietMs);
    await bounce(chip, pirLine, true);
    await sleep(quietMs);
    chip.unplug();
    await sleep(7_000);
    chip.plug();
    await sleep(3_000);
    await press(chip);
    await sleep(120);
    await press(chip);
    await sleep(quietMs);
  });
  const turns = all.flatMap((moment) =>
    (moment.type === "lost" || moment.type === "opened") && moment.line === "button" ? [moment] : [],
  );
  expect(turns).toMatchObject([
    { type: "lost", fault: expect.stringMatching(/^(?:unavailable|not-found)$/u) },
    { type: "opened", active: false },
  ]);
  expect(lines).toMatchObject([
    { line: "button", outcomes: 3, recorded: 3, losses: 1, missed: 0 },
    { line: "pir", outcomes: 1, recorded: 1, losses: 1, missed: 0 },
  ]);
  expect(differences).toEqual([]);
  const keep = process.env["HW_TRACE"];
  if (keep !== undefined) await copyFile(file, keep);
});
