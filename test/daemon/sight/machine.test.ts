import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  initialMachine,
  step,
  type MachineAction,
  type MachineInput,
} from "../../../daemon/sight/machine.ts";

const timing = { postRollUs: 6_000_000, cooldownUs: 4_000_000, maxClipUs: 60_000_000 };
const second = 1_000_000;

function run(inputs: readonly MachineInput[]): MachineAction[] {
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  let state = initialMachine;
  return inputs.flatMap((input) => {
    const next = step(state, input, { timing, newId });
    state = next.state;
    return next.actions;
  });
}

const frame = (atS: number, motion: boolean, score = 100): MachineInput => ({
  type: "frame",
  ptsUs: atS * second,
  motion,
  score,
  zones: motion ? ["path"] : [],
});
/** A frame every half second; motion inside the given spans. */
const film = (untilS: number, ...moving: [number, number][]): MachineInput[] =>
  Array.from({ length: untilS * 2 + 1 }, (_, i) => i / 2).map((at) =>
    frame(
      at,
      moving.some(([a, b]) => at >= a && at < b),
    ),
  );
const press = (atS: number, event = "ring-1"): MachineInput => ({
  type: "press",
  ptsUs: atS * second,
  event,
});
const told = (actions: readonly MachineAction[]) =>
  actions.map((action) => {
    if (action.type === "open-event") return `open event at ${action.motion.startUs / second}`;
    if (action.type === "close-event") return `close event, last ${action.motion.lastUs / second}`;
    if (action.type === "close-clip") return `close clip at ${action.atUs / second}: ${action.reason}`;
    return `${action.type === "open-clip" ? "open" : "join"} clip for ${action.kind} at ${action.atUs / second}`;
  });

describe("motion", () => {
  test("opens an event with a clip and both end postRoll after the last movement", () => {
    expect(told(run(film(20, [2, 5])))).toEqual([
      "open event at 2",
      "open clip for motion at 2",
      "close event, last 4.5",
      "close clip at 10.5: quiet",
    ]);
  });

  test("that pauses for less than postRoll stays one event", () => {
    expect(told(run(film(30, [2, 5], [9, 10])))).toHaveLength(4);
  });

  test("within the cooldown after an event opens nothing; after it, a new event", () => {
    const actions = run(film(40, [2, 3], [9, 11], [20, 21]));
    expect(told(actions).filter((line) => line.startsWith("open event"))).toEqual([
      "open event at 2",
      "open event at 20",
    ]);
  });

  test("that goes on past maxClip continues in a new event and a new clip at once", () => {
    const actions = told(run(film(70, [1, 70])));
    expect(actions).toEqual([
      "open event at 1",
      "open clip for motion at 1",
      "close event, last 61",
      "close clip at 61: max-length",
      "open event at 61.5",
      "open clip for motion at 61.5",
    ]);
  });

  test("keeps its peak score and all its zones", () => {
    const [, , close] = run([
      frame(0, true, 120),
      frame(1, true, 300),
      frame(2, true, 110),
      frame(20, false),
    ]);
    expect(close).toMatchObject({ type: "close-event", motion: { score: 300, zones: ["path"] } });
  });
});

describe("a press", () => {
  test("with nothing going on opens a clip and no motion event", () => {
    expect(told(run([frame(0, false), press(1), ...film(12).slice(3)]))).toEqual([
      "open clip for ring at 1",
      "close clip at 7: quiet",
    ]);
  });

  test("during motion joins the clip and prolongs it", () => {
    const actions = run([...film(4, [2, 4]), press(9), ...film(30).slice(19)]);
    expect(told(actions)).toEqual([
      "open event at 2",
      "open clip for motion at 2",
      "join clip for ring at 9",
      "close event, last 3.5",
      "close clip at 15: quiet",
    ]);
  });

  test("inside a motion cooldown still opens a clip", () => {
    expect(told(run([...film(11, [2, 3]), press(11)])).at(-1)).toBe("open clip for ring at 11");
  });
});

test("losing the camera closes event and clip, and nothing is owed afterwards", () => {
  const actions = run([
    ...film(5, [2, 5]),
    { type: "end", ptsUs: 5 * second, reason: "camera-lost" },
    frame(6, true),
  ]);
  expect(told(actions).slice(2)).toEqual([
    "close event, last 4.5",
    "close clip at 5: camera-lost",
    "open event at 6",
    "open clip for motion at 6",
  ]);
});

test("every event and clip that opens closes once, never two clips at a time, for any film", () => {
  const input = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({ gap: fc.integer({ min: 1, max: 3_000_000 }), motion: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.constant("press" as const) },
  );
  fc.assert(
    fc.property(fc.array(input, { maxLength: 120 }), (script) => {
      let ptsUs = 0;
      const inputs = script.map((each, i): MachineInput => {
        if (each === "press") return { type: "press", ptsUs, event: `ring-${i}` };
        ptsUs += each.gap;
        return { type: "frame", ptsUs, motion: each.motion, score: 1, zones: [] };
      });
      const open = new Set<string>();
      for (const action of run([...inputs, { type: "end", ptsUs, reason: "stopped" }])) {
        if (action.type === "open-event") {
          expect(open.has("event")).toBe(false);
          open.add("event");
        }
        if (action.type === "close-event") expect(open.delete("event")).toBe(true);
        if (action.type === "open-clip") {
          expect(open.has("clip")).toBe(false);
          open.add("clip");
        }
        if (action.type === "join-clip") expect(open.has("clip")).toBe(true);
        if (action.type === "close-clip") expect(open.delete("clip")).toBe(true);
      }
      expect([...open]).toEqual([]);
    }),
  );
});
