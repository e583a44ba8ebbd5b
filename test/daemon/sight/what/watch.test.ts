import { describe, expect, test } from "vitest";
import type { Label } from "../../../../models/labels.ts";
import type { Polygon } from "../../../../hal/geometry.ts";
import type { Box } from "../../../../daemon/sight/what/box.ts";
import { Watch } from "../../../../daemon/sight/what/watch.ts";

const picture = { width: 640, height: 360 };
const line: Polygon = [
  [0, 0.33],
  [1, 0.33],
  [1, 1],
  [0, 1],
];
const staying = { loiterUs: 60_000_000, waitUs: 8_000_000 };
const whole: Polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

function watching(propertyLine = line, rules = staying): Watch {
  const watch = new Watch({ ...picture, propertyLine, staying: rules });
  watch.opened("event-0001", 0);
  return watch;
}

function see(
  watch: Watch,
  fromS: number,
  toS: number,
  boxAt: (s: number) => Box,
  label: Label = "person",
): void {
  for (let i = 0; fromS + i * 0.5 < toS; i += 1) {
    const s = fromS + i * 0.5;
    const box = boxAt(s);
    watch.look({ atUs: s * 1e6, seen: [{ label, score: 0.9, box }], moving: [box] });
  }
}

function happened(watch: Watch): string[] {
  return (watch.told()?.happenings ?? []).map(({ kind }) => kind);
}

function labelsOf(watch: Watch): string[] {
  return (watch.told()?.what ?? []).map(({ label }) => label);
}

/** From the line to the door in six seconds. */
const coming = (s: number): Box => [0.5 - 0.02 * s, 0.33, 0.04 + 0.02 * s, 0.08 + 0.09 * s];
const going = (s: number): Box => coming(6 - s);
const atDoor: Box = [0.35, 0.35, 0.2, 0.6];

describe("crossing", () => {
  test("who comes from the line inwards; not who goes out, nor a cat", () => {
    for (const [way, label, told] of [
      [coming, "person", ["crossed"]],
      [coming, "vehicle", ["crossed"]],
      [going, "person", []],
      [coming, "animal", []],
    ] as const) {
      const watch = watching();
      see(watch, 0, 6, way, label);
      expect(happened(watch)).toEqual(told);
    }
  });

  test("nobody crosses where the opening is the whole picture: there is no line", () => {
    const watch = watching(whole);
    see(watch, 0, 6, coming);
    expect(happened(watch)).toEqual([]);
  });
});

describe("at the door and has not rung", () => {
  test("is told once, after some seconds", () => {
    const watch = watching();
    see(watch, 0, 7, () => atDoor);
    expect(happened(watch)).toEqual([]);
    see(watch, 7, 20, () => atDoor);
    expect(happened(watch)).toEqual(["waiting"]);
  });

  test("a press ends it, and so does going away", () => {
    const rung = watching();
    see(rung, 0, 4, () => atDoor);
    rung.press(4_000_000);
    see(rung, 4, 100, () => atDoor);
    expect(happened(rung)).toEqual([]);
    const passing = watching();
    for (let i = 0; i < 10; i += 1)
      see(passing, i * 10, i * 10 + 10, (s) => (s % 10 < 4 ? atDoor : [0.7, 0.5, 0.05, 0.2]));
    expect(happened(passing)).not.toContain("waiting");
  });

  test("who rang, went away and comes back within two minutes is another track, and does not wait; later he does", () => {
    const watch = watching();
    see(watch, 0, 4, () => atDoor);
    watch.press(4_000_000);
    see(watch, 4, 8, (s) => going(s - 2));
    see(watch, 60, 90, () => atDoor);
    expect(happened(watch)).toEqual([]);
    see(watch, 90, 140, () => atDoor);
    expect(happened(watch)).toContain("waiting");
  });

  test("who waited is gone when he is seen there no more, and there again when he comes back", () => {
    const watch = watching();
    const isGone = (): boolean => watch.told()?.gone === true;
    const tree: Box = [0.8, 0.4, 0.1, 0.15];
    see(watch, 0, 12, () => atDoor);
    expect([happened(watch), isGone()]).toEqual([["waiting"], false]);
    // who only stands is asked for, and there
    for (let s = 12; s < 40; s += 1)
      watch.look({ atUs: s * 1e6, seen: [{ label: "person", score: 0.9, box: atDoor }], moving: [] }, [
        atDoor,
      ]);
    expect(isGone()).toBe(false);
    see(watch, 40, 46, (s) => going(s - 40));
    see(watch, 46, 56, () => tree, "other");
    expect([happened(watch), isGone()]).toEqual([["waiting"], true]);
    see(watch, 56, 62, (s) => coming(s - 56));
    see(watch, 62, 72, () => atDoor);
    expect([happened(watch), isGone()]).toEqual([["waiting", "crossed"], false]);
  });

  test("nobody is gone who did not wait", () => {
    const watch = watching();
    see(watch, 0, 6, coming);
    see(watch, 6, 12, (s) => going(s - 6));
    expect(watch.told()).not.toHaveProperty("gone");
  });

  test("an animal waits for nobody", () => {
    const watch = watching();
    see(watch, 0, 100, () => atDoor, "animal");
    expect(happened(watch)).toEqual([]);
  });
});

describe("a model that looks at the whole picture, and somebody who stands and moves no more than a hand", () => {
  const hand: Box = [0.36, 0.5, 0.05, 0.08];
  const person = { label: "person", score: 0.9, box: atDoor } as const;

  test("waits and loiters like anybody, however often he is looked at", () => {
    for (const everyS of [0.4, 2]) {
      const watch = watching(line, { loiterUs: 120_000_000, waitUs: 15_000_000 });
      const toldAtS = new Map<string, number>();
      for (let s = 0; s < 150; s += everyS) {
        const asked = watch.wanted(s * 1e6);
        watch.look({ atUs: s * 1e6, seen: [person], moving: [s < 2.5 ? atDoor : hand] }, asked);
        for (const kind of happened(watch)) if (!toldAtS.has(kind)) toldAtS.set(kind, s);
      }
      expect([...toldAtS.keys()]).toEqual(["waiting", "loitering"]);
      expect(toldAtS.get("waiting")).toBeLessThan(15 + 2 * everyS);
      expect(toldAtS.get("loitering")).toBeLessThan(120 + 2 * everyS);
      expect(watch.tracks).toMatchObject([{ id: 1, held: false }]);
    }
  });

  test("what moves in front of a parked car does not make the car come", () => {
    const watch = watching();
    const body: Box = [0.5, 0.5, 0.04, 0.2];
    const car = { label: "vehicle", score: 0.95, box: [0.45, 0.45, 0.4, 0.3] } as const;
    for (let s = 0; s < 10; s += 0.4)
      watch.look({ atUs: s * 1e6, seen: [{ ...person, box: body }, car], moving: [body] });
    expect(labelsOf(watch)).toEqual(["person"]);
  });

  test("overlooked for once in front of a car, he does not take its place", () => {
    const watch = watching();
    see(watch, 0, 3, () => atDoor);
    const car = { label: "vehicle", score: 0.95, box: [0.3, 0.55, 0.5, 0.35] } as const;
    watch.look({ atUs: 3e6, seen: [car], moving: [[0.42, 0.6, 0.05, 0.08]] });
    expect(watch.tracks).toMatchObject([{ id: 1, box: atDoor.map((side) => expect.closeTo(side)) }]);
  });

  test("where nothing moves any more it is over after a minute, whatever the model says", () => {
    const watch = watching();
    see(watch, 0, 3, () => atDoor);
    for (let s = 3; s < 70; s += 1) watch.look({ atUs: s * 1e6, seen: [person], moving: [] });
    expect(watch.tracks).toEqual([]);
  });
});

test("loitering: who stays for a minute, seen again and again; not who was only seen once", () => {
  const watch = watching();
  see(watch, 0, 59, () => [0.7, 0.5, 0.05, 0.2]);
  expect(happened(watch)).toEqual([]);
  see(watch, 59, 62, () => [0.7, 0.5, 0.05, 0.2]);
  expect(happened(watch)).toEqual(["loitering"]);
  const gone = watching();
  see(gone, 0, 5, () => [0.7, 0.5, 0.05, 0.2]);
  for (let s = 5; s < 80; s += 1) gone.look({ atUs: s * 1e6, seen: [], moving: [] });
  expect(happened(gone)).toEqual([]);
});

describe("an event that became too long, and the one that follows it", () => {
  const said = (watch: Watch): unknown =>
    (watch.told()?.happenings ?? []).map((one) => ("known" in one ? `${one.kind}, known` : one.kind));
  /** Told of `event-0001`, which is over after 120 s. */
  function stayed(): Watch {
    const watch = watching();
    see(watch, 0, 120, () => atDoor);
    expect(said(watch)).toEqual(["waiting", "loitering"]);
    watch.closed(120e6);
    watch.opened("event-0002", 120.1e6);
    return watch;
  }

  test("who waits goes on waiting, and that is no news", () => {
    const watch = stayed();
    see(watch, 120.5, 200, () => atDoor);
    expect(said(watch)).toEqual(["waiting, known", "loitering, known"]);
  });

  test("not who rang meanwhile, and who stepped away from the door only stays", () => {
    const rung = stayed();
    rung.press(120.2e6);
    see(rung, 120.5, 200, () => atDoor);
    expect(said(rung)).toEqual([]);
    const away = watching();
    const aside: Box = [0.4, 0.45, 0.1, 0.3];
    see(away, 0, 60, () => atDoor);
    see(away, 60, 120, () => aside);
    away.closed(120e6);
    away.opened("event-0002", 120.1e6);
    see(away, 120.5, 130, () => aside);
    expect(said(away)).toEqual(["loitering, known"]);
  });

  test("what nobody was told, because no event was open, is told of the next one", () => {
    const watch = watching();
    see(watch, 0, 4, () => atDoor);
    watch.closed(4e6);
    see(watch, 4, 20, () => atDoor);
    watch.opened("event-0002", 20e6);
    see(watch, 20, 21, () => atDoor);
    expect(said(watch)).toEqual(["waiting"]);
  });

  test("somebody else who waits is news", () => {
    const watch = stayed();
    const beside: Box = [0.75, 0.35, 0.2, 0.6];
    for (let s = 120.5; s < 140; s += 0.5) {
      const boxes = [atDoor, beside];
      const seen = boxes.map((box) => ({ label: "person" as const, score: 0.9, box }));
      watch.look({ atUs: s * 1e6, seen, moving: boxes });
    }
    expect(said(watch)).toEqual(["waiting", "loitering, known"]);
  });
});

describe("what is told of an event", () => {
  test("each label once, the surest first; nothing that matters only where nothing else is", () => {
    const watch = watching();
    see(watch, 0, 3, () => [0.1, 0.5, 0.05, 0.2], "other");
    expect(labelsOf(watch)).toEqual(["other"]);
    see(watch, 3, 6, () => [0.7, 0.5, 0.05, 0.2], "animal");
    expect(labelsOf(watch)).toEqual(["animal"]);
  });

  test("a parked car that a model sees beside what moves did not come", () => {
    const watch = watching();
    const moving: Box = [0.1, 0.5, 0.05, 0.2];
    const seen = [
      { label: "person", score: 0.9, box: moving },
      { label: "vehicle", score: 0.95, box: [0.5, 0.5, 0.4, 0.3] },
    ] as const;
    for (let i = 0; i < 6; i += 1) watch.look({ atUs: i * 4e5, seen, moving: [moving] });
    expect(labelsOf(watch)).toEqual(["person"]);
  });

  test("what is said of a place where nothing moves is nobody who came: a shadow that a model takes for a cat", () => {
    const watch = watching();
    const place: Box = [0.66, 0.54, 0.03, 0.03];
    const body: Box = [0.3, 0.4, 0.1, 0.4];
    for (let i = 0; i < 6; i += 1) {
      const seen = [
        { label: "person", score: 0.9, box: body },
        { label: "animal", score: 0.95, box: place },
      ] as const;
      watch.look({ atUs: i * 4e5, seen, moving: [body] }, [place]);
    }
    expect(labelsOf(watch)).toEqual(["person"]);
    expect(watch.tracks).toHaveLength(1);
    // nor does it keep an event open
    expect(watch.holdsAt(60e6)).toBe(false);
  });

  test("who was seen last is asked for while nobody answers, and not for ever", () => {
    const watch = watching();
    see(watch, 0, 3, () => atDoor);
    expect(watch.wanted(30e6)).toHaveLength(1);
    expect(watch.wanted(70e6)).toEqual([]);
  });

  test("an event that is over takes nothing along to the next one", () => {
    const watch = watching();
    see(watch, 0, 3, coming);
    expect(watch.closed(4e6)).toMatchObject({ event: "event-0001", settled: true });
    expect(watch.told()).toBeNull();
    watch.opened("event-0002", 200_000_000);
    see(watch, 200, 203, () => [0.7, 0.5, 0.05, 0.2], "animal");
    expect(watch.told()).toMatchObject({ event: "event-0002", what: [{ label: "animal" }], happenings: [] });
  });
});

test("whoever was at the door while he was taken for that was near, also when he has gone back to the line", () => {
  const watch = watching();
  const near = (): unknown => watch.told()?.what.map(({ label, near }) => [label, near ?? false]);
  see(watch, 0, 3, coming);
  expect(near()).toEqual([["person", false]]);
  see(watch, 3, 8, () => atDoor);
  expect(near()).toEqual([["person", true]]);
  watch.opened("event-0002", 8_000_000);
  see(watch, 8, 10, () => [0.8, 0.4, 0.05, 0.1], "animal");
  expect(watch.told()?.what.find(({ label }) => label === "animal")).not.toHaveProperty("near");
});
