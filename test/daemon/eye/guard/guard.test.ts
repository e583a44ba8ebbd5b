import { describe, expect, test } from "vitest";
import { tuning } from "../../../../daemon/eye/guard/tuning.ts";
import { rasteriseOpening } from "../../../../daemon/policy/opening.ts";
import type { I420 } from "../../../../hal/frame.ts";
import { porchPolicy } from "../../../../hal/sim/porch/policy.ts";
import {
  bumped,
  covered,
  dayReference as day,
  dimmed,
  size,
  watchingPorch,
  watchPorch,
} from "./porch-watch.ts";

describe("a camera that is bumped", () => {
  test.each([
    ["2 % to the right", { right: 0.02 }],
    ["2 % to the left", { right: -0.02 }],
    ["2 % up", { down: -0.02 }],
    ["2 % down", { down: 0.02 }],
    ["2 % aslant", { right: 0.0142, down: -0.0142 }],
    ["1 degree one way", { rollDeg: 1 }],
    ["1 degree the other way", { rollDeg: -1 }],
    ["a little of both", { right: 0.012, rollDeg: 0.9 }],
  ])("closes the picture within 2 s: %s", (_, bump) => {
    const watch = watchingPorch();
    expect(watch.look(2_000, bumped(bump))).toBeLessThanOrEqual(2_000);
    expect([watch.guard.state, watch.guard.reason]).toEqual(["tripped", "moved"]);
  });

  test("closes within 2 s when it is turned so far that nothing is left of the scene", () => {
    expect(watchingPorch().look(2_000, bumped({ right: 0.3, rollDeg: 8 }))).toBeLessThanOrEqual(2_000);
  });

  test("at night and in rain closes by what was learnt by day", () => {
    const porch = { light: "night", rain: "on" } as const;
    const watch = watchPorch({ reference: day, porch });
    expect(watch.look(2_000)).toBe(null);
    expect(watch.guard.closed).toBe(false);
    expect(watch.look(2_000, bumped({ rollDeg: 1 }))).toBeLessThanOrEqual(2_000);
  });

  test("stays closed when it is put back: only an owner opens it", () => {
    const watch = watchingPorch();
    watch.look(2_000, bumped({ right: 0.02 }));
    watch.look(20_000);
    expect(watch.guard.finalReason).toBe("moved");
    expect(watch.guard.closed).toBe(true);
  });

  test("that creeps is never followed: it closes when the sum passes the limit", () => {
    const watch = watchingPorch();
    const perLook = 0.0005;
    const tookMs = watch.look(20_000, (picture, look) => bumped({ right: look * perLook })(picture));
    const moved = ((tookMs ?? 0) / tuning.lookEveryMs) * perLook;
    expect(moved).toBeGreaterThan(tuning.limitShiftFrac);
    expect(moved).toBeLessThan(0.02);
  });

  test("while it still learns closes too", () => {
    const watch = watchPorch();
    watch.look(2_000);
    expect(watch.guard.state).toBe("learning");
    expect(watch.look(2_000, bumped({ down: 0.03 }))).toBeLessThanOrEqual(2_000);
  });
});

describe("a camera that is covered", () => {
  test.each([
    ["a hand", 60],
    ["tape", 16],
    ["white spray", 220],
  ])("closes within 2 s: %s", (_, grey) => {
    const watch = watchingPorch();
    expect(watch.look(2_000, covered(1, grey))).toBeLessThanOrEqual(2_000);
    expect(watch.guard.reason).toBe("covered");
  });

  test("opens by itself when the same scene was back in its place for 2 s, not sooner", () => {
    const watch = watchingPorch();
    watch.look(4_000, covered());
    watch.look(2_000);
    expect(watch.guard.closed).toBe(true);
    watch.look(400);
    expect([watch.guard.closed, watch.guard.state]).toEqual([false, "watching"]);
  });

  test("and moved meanwhile stays closed for good", () => {
    const watch = watchingPorch();
    watch.look(4_000, covered());
    watch.look(4_000, bumped({ right: 0.02 }));
    watch.look(4_000);
    expect(watch.guard.finalReason).toBe("moved");
  });

  test("by four fifths still knows where it stands, so a visitor at the lens is recorded", () => {
    const watch = watchingPorch();
    expect(watch.look(8_000, covered(0.8, 90))).toBe(null);
  });

  test("by a patterned coat in front of four fifths does too", () => {
    const watch = watchingPorch();
    const coat = (picture: I420, look: number): I420 => {
      const { data, stride } = picture.y;
      for (let row = Math.round(picture.height * 0.2); row < picture.height; row += 1)
        for (let col = 0; col < picture.width; col += 1)
          data[row * stride + col] =
            40 + (Math.imul(((row >> 3) + look) * 131 + (col >> 3), 2_654_435_761) >>> 25);
      return picture;
    };
    expect(watch.look(8_000, coat)).toBe(null);
  });
});

describe("what is no reason to close", () => {
  const nightfallMs = 60_000;
  const nightfall = (picture: I420, look: number): I420 => dimmed(0.02 * 0.985 ** look)(picture);

  test("a visitor at the door, a courier and what the courier leaves", () => {
    const watch = watchingPorch({ porch: { scene: "default", visitorsPerHour: 60 } });
    expect(watch.look(110_000)).toBe(null);
  }, 60_000);

  test.each(["day", "dusk", "night"] as const)(
    "%s, with and without rain, after learning by day",
    (light) => {
      for (const rain of ["off", "on"] as const) {
        const watch = watchPorch({ reference: day, porch: { light, rain }, fromMs: 30_000 });
        watch.look(3_000);
        expect(watch.guard.state).toBe("watching");
      }
    },
  );

  test("light that fades until nothing can be told: blind, then watching again", () => {
    const watch = watchingPorch();
    expect(watch.look(nightfallMs, nightfall)).toBe(null);
    expect(watch.guard.state).toBe("blind");
    expect(watch.look(2_000)).toBe(null);
    expect(watch.guard.state).toBe("watching");
  });

  test("but a camera that was moved in the dark closes within 2 s of the first light", () => {
    const watch = watchingPorch();
    watch.look(nightfallMs, nightfall);
    expect(watch.look(2_000, bumped({ right: -0.2 }))).toBeLessThanOrEqual(2_000);
  });
});

describe("after a restart", () => {
  test("shows from the first look on what stands where it stood", () => {
    const watch = watchPorch({ reference: day });
    expect(watch.guard.closed).toBe(true);
    watch.look(400);
    expect(watch.guard.state).toBe("watching");
  });

  test("never shows anything when the camera was moved while it was off", () => {
    const watch = watchPorch({ reference: day });
    for (let i = 0; i < 20; i += 1) {
      watch.look(400, bumped({ right: 0.02 }));
      expect(watch.guard.closed).toBe(true);
    }
    expect(watch.guard.finalReason).toBe("moved");
  });

  test("a camera that was closed for good stays so", () => {
    const watch = watchPorch({ reference: day, tripped: "moved" });
    watch.look(4_000);
    expect([watch.guard.closed, watch.guard.reason]).toEqual([true, "moved"]);
  });

  test("a reference of another shape of picture closes it", () => {
    const other = { ...day, rows: day.rows + 48 };
    expect(watchPorch({ reference: other }).guard.reason).toBe("changed");
  });
});

describe("what is learnt", () => {
  test("a scene without edges is not guarded and not closed: blind, and it goes on trying", () => {
    const watch = watchPorch();
    expect(watch.look(12_000, covered())).toBe(null);
    expect(["blind", "learning"]).toContain(watch.guard.state);
    watch.look(12_000);
    expect(watch.guard.state).toBe("watching");
  });

  test("no point lies outside the property line or at its edge, which is not part of the scene", () => {
    const { luma } = rasteriseOpening(size, porchPolicy);
    const shown = (x: number, y: number): boolean => {
      for (let i = luma.starts[y] ?? 0; i < (luma.starts[y + 1] ?? 0); i += 2)
        if (x >= (luma.spans[i] ?? 0) && x < (luma.spans[i + 1] ?? 0)) return true;
      return false;
    };
    const step = size.width / tuning.sketchCols;
    for (const { x, y } of day.zones.flat()) {
      for (const dx of [-1, 2])
        for (const dy of [-1, 2])
          expect(shown(Math.floor((x + dx) * step), Math.floor((y + dy) * step))).toBe(true);
    }
    expect(day.zones.flat().length).toBeGreaterThan(300);
  });
});
