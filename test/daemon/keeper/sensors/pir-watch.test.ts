import { describe, expect, test } from "vitest";
import { PirWatch, type PirTrouble } from "../../../../daemon/keeper/sensors/pir-watch.ts";

const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];
const dayMs = 24 * hourMs;

interface Minute {
  /** Of the picture in that minute. */
  readonly moved?: boolean;
  readonly close?: boolean;
  readonly press?: boolean;
  /** The PIR is active for so long in that minute. */
  readonly activeMs?: number;
  /** Nobody looks: the camera is away or masked. */
  readonly blind?: boolean;
}

/** Minute by minute; answers when each trouble was first told, and what holds at the end. */
function watched(minutes: number, what: (minute: number) => Minute, watch = new PirWatch(), fromMs = 0) {
  const first = new Map<PirTrouble, number>();
  if (fromMs === 0) watch.opened(false, 0);
  for (let m = 0; m < minutes; m += 1) {
    const atMs = fromMs + m * minuteMs;
    const { moved = false, close = false, press = false, activeMs = 0, blind = false } = what(m);
    if (activeMs > 0) watch.edge(true, atMs + 10 * secondMs);
    if (press) watch.press(atMs + 20 * secondMs);
    watch.look(blind ? null : { moved, close }, atMs + 30 * secondMs);
    if (activeMs > 0) watch.edge(false, atMs + 10 * secondMs + activeMs);
    const trouble = watch.troubleAt(atMs + minuteMs - 1);
    if (trouble !== null && !first.has(trouble)) first.set(trouble, atMs - fromMs);
  }
  return { first, last: watch.troubleAt(fromMs + minutes * minuteMs), watch };
}

const every = (minutes: number, m: number): boolean => m % minutes === minutes - 1;

describe("a dead PIR", () => {
  test("is told within a day when people ring and it never stirs", () => {
    const { first } = watched(24 * 60, (m) =>
      every(200, m) ? { moved: true, close: true, press: true } : {},
    );
    expect(first.get("dead")).toBeLessThan(12 * hourMs);
  });

  test("is told within a day when people come close and nobody rings", () => {
    const { first } = watched(24 * 60, (m) => (every(90, m) ? { moved: true, close: true } : {}));
    expect(first.get("dead")).toBeLessThan(dayMs);
  });

  test("is no more when it stirs again", () => {
    const rung = watched(12 * 60, (m) => ({ press: every(60, m) }));
    expect(rung.last).toBe("dead");
    rung.watch.edge(true, 12 * hourMs + 1);
    expect(rung.watch.troubleAt(12 * hourMs + 2)).toBeNull();
  });

  test("is not one that sees them, not even one that misses every second", () => {
    const { first } = watched(48 * 60, (m) =>
      every(60, m) ? { moved: true, close: true, press: true, activeMs: m % 120 === 119 ? 5_000 : 0 } : {},
    );
    expect(first.size).toBe(0);
  });

  test("is not one that sees whoever rings a little later than he rings", () => {
    const watch = new PirWatch();
    watch.opened(false, 0);
    for (let visit = 1; visit <= 20; visit += 1) {
      watch.press(visit * hourMs);
      expect(watch.troubleAt(visit * hourMs + 5_000)).toBeNull();
      watch.edge(true, visit * hourMs + 20_000);
      watch.edge(false, visit * hourMs + 25_000);
    }
    expect(watch.troubleAt(21 * hourMs)).toBeNull();
  });
});

test("quiet days, on which nobody comes and the sensor is silent, say nothing", () => {
  expect(watched(7 * 24 * 60, () => ({})).first.size).toBe(0);
  expect(watched(7 * 24 * 60, () => ({ blind: true })).first.size).toBe(0);
});

test("a child that rings for an hour is one visit, not a proof", () => {
  expect(watched(4, () => ({ press: true })).first.size).toBe(0);
});

test("what was seen of a sensor is forgotten when it is opened anew", () => {
  const { watch } = watched(20 * 60, (m) => ({ press: every(60, m) }));
  watch.opened(false, 20 * hourMs);
  expect(watch.troubleAt(20 * hourMs + minuteMs)).toBeNull();
});

describe("an output that does not do what a sensor's does", () => {
  test("stuck: active for an hour without a break, and no more when it falls", () => {
    const watch = new PirWatch();
    watch.opened(false, 0);
    watch.edge(true, 0);
    expect(watch.troubleAt(hourMs - 1)).toBeNull();
    expect(watch.troubleAt(hourMs)).toBe("stuck");
    watch.edge(false, hourMs + 1);
    expect(watch.troubleAt(hourMs + 2)).toBeNull();
  });

  test("stuck is told of one that was active when it was opened", () => {
    const watch = new PirWatch();
    watch.opened(true, 0);
    expect(watch.troubleAt(hourMs)).toBe("stuck");
  });

  test("inverted: active nearly always and off for moments is wired the other way round", () => {
    const watch = new PirWatch();
    watch.opened(true, 0);
    for (let hour = 1; hour <= 10; hour += 1) {
      watch.edge(false, hour * hourMs);
      watch.edge(true, hour * hourMs + 4_000);
    }
    expect(watch.troubleAt(10 * hourMs + 10_000)).toBe("inverted");
  });

  test("flutter: edges all day with nothing moving in the picture", () => {
    const { first } = watched(24 * 60, (m) => ({ activeMs: m % 5 === 0 ? 4_000 : 0 }));
    expect(first.get("flutter")).toBeLessThan(dayMs);
  });

  test("not flutter: a busy street that the picture sees too, or that nobody looks at", () => {
    const busy = (m: number): Minute => ({ activeMs: m % 5 === 0 ? 4_000 : 0, moved: m % 10 === 0 });
    expect(watched(24 * 60, busy).first.size).toBe(0);
    const unseen = (m: number): Minute => ({ ...busy(m), moved: false, blind: true });
    expect(watched(24 * 60, unseen).first.size).toBe(0);
  });
});
