import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  initialMachine,
  step,
  type MachineAction,
  type MachineInput,
} from "../../../daemon/sight/machine.ts";

const usual = { postRollUs: 6_000_000, cooldownUs: 0, maxClipUs: 60_000_000 };
const second = 1_000_000;

function run(inputs: readonly MachineInput[], timing = usual): MachineAction[] {
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
  test("goes on while somebody is held there: that opens nothing, and the longest clip ends it as ever", () => {
    const held = (inputs: MachineInput[]): MachineInput[] =>
      inputs.map((input) => (input.type === "frame" ? { ...input, held: true } : input));
    const [before, standing, after] = [film(20, [2, 5]), film(20), film(20, [12, 14])];
    const two = [...before.slice(0, 10), ...standing.slice(10, 24), ...after.slice(24)];
    const one = [...before.slice(0, 10), ...held(standing.slice(10, 24)), ...after.slice(24)];
    expect(told(run(two)).filter((line) => line.startsWith("open event"))).toHaveLength(2);
    expect(told(run([...one, ...film(40).slice(41)]))).toEqual([
      "open event at 2",
      "open clip for motion at 2",
      "close event, last 13.5",
      "close clip at 19.5: quiet",
    ]);
    expect(told(run(held(film(30))))).toEqual([]);
    expect(told(run(held(film(80, [2, 3])))).slice(2)).toEqual([
      "close event, last 62",
      "close clip at 62: max-length",
    ]);
  });

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

  test("that begins again within the cooldown is the same event; after it, a new one", () => {
    const cool = { ...usual, cooldownUs: 4 * second };
    expect(told(run(film(50, [2, 3], [11, 12], [25, 26]), cool))).toEqual([
      "open event at 2",
      "open clip for motion at 2",
      "close event, last 11.5",
      "close clip at 21.5: quiet",
      "open event at 25",
      "open clip for motion at 25",
      "close event, last 25.5",
      "close clip at 35.5: quiet",
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

  test("just after a motion event still opens a clip", () => {
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

describe("more sensitivity", () => {
  /** What a film's frames prove, 0..3: at sensitivity s those fire that prove at least 3 - s. */
  const moment = fc.record({
    gap: fc.integer({ min: 1, max: 4_000_000 }),
    level: fc.integer({ min: 0, max: 3 }),
  });
  const timings = fc.record({
    postRollUs: fc.constantFrom(0, 1_000_000, 6_000_000),
    cooldownUs: fc.constantFrom(0, 500_000, 4_000_000, 30_000_000),
    maxClipUs: fc.constantFrom(5_000_000, 20_000_000),
  });
  const script = fc.array(
    fc.oneof({ weight: 12, arbitrary: moment }, { weight: 1, arbitrary: fc.constant("press" as const) }),
    {
      maxLength: 80,
    },
  );

  /** Spans of events and clips, and the times at which something moved. */
  function watch(inputs: readonly MachineInput[], timing: typeof usual) {
    const events: [number, number][] = [];
    const clips: [number, number][] = [];
    for (const action of run(inputs, timing)) {
      if (action.type === "close-event") events.push([action.motion.startUs, action.motion.lastUs]);
      if (action.type === "open-clip") clips.push([action.atUs, Infinity]);
      if (action.type === "close-clip") clips.push([clips.pop()?.[0] ?? Infinity, action.atUs]);
    }
    return { events, clips };
  }
  const isIn = (at: number, spans: readonly [number, number][]) => spans.some(([a, b]) => at >= a && at <= b);

  test("never loses an event: all that moved is in an event and on a clip at every sensitivity that sees it", () => {
    fc.assert(
      fc.property(script, timings, (moments, timing) => {
        const film = (least: number): MachineInput[] => {
          let ptsUs = 0;
          return moments.map((each, i): MachineInput => {
            if (each === "press") return { type: "press", ptsUs, event: `ring-${i}` };
            ptsUs += each.gap;
            return { type: "frame", ptsUs, motion: each.level >= least, score: 1, zones: [] };
          });
        };
        const over: MachineInput = { type: "end", ptsUs: 400_000_000, reason: "stopped" };
        for (let least = 3; least >= 1; least -= 1) {
          const low = watch([...film(least), over], timing);
          const high = watch([...film(least - 1), over], timing);
          for (const input of film(least)) {
            if (input.type !== "frame" || !input.motion) continue;
            for (const { events, clips } of [low, high]) {
              expect(isIn(input.ptsUs, events)).toBe(true);
              expect(isIn(input.ptsUs, clips)).toBe(true);
            }
          }
          for (const [a, b] of low.events) expect(high.events.some(([c, d]) => c <= b && d >= a)).toBe(true);
        }
      }),
    );
  });
});
