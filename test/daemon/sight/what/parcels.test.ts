import { describe, expect, test } from "vitest";
import type { Label } from "../../../../models/labels.ts";
import { chance } from "../../../../hal/sim/porch/math.ts";
import { overlap, type Box } from "../../../../daemon/sight/what/box.ts";
import { Parcels, type ParcelTold } from "../../../../daemon/sight/what/parcels.ts";
import type { Scene } from "../../../../daemon/sight/what/scene.ts";

const [cols, rows] = [128, 72];
const parcelAt: Box = [0.5, 0.7, 0.06, 0.1];

interface Look {
  readonly parcel?: boolean;
  readonly gain?: number;
  readonly shade?: Box;
  readonly seed?: number;
}

/** A floor of stones, perhaps with a parcel on it, in some light, with the grain of a sensor. */
function sceneOf({ parcel = false, gain = 1, shade, seed = 0 }: Look): Scene {
  const luma = Float32Array.from({ length: cols * rows }, (_, k) => {
    const [x, y] = [((k % cols) + 0.5) / cols, (Math.floor(k / cols) + 0.5) / rows];
    const floor = 70 + 40 * chance(1, k);
    const thing = parcel && isIn(parcelAt, x, y) ? 190 : floor;
    return thing * gain * (shade !== undefined && isIn(shade, x, y) ? 0.6 : 1) + 3 * (chance(seed, k) - 0.5);
  });
  return { cols, rows, luma, visible: new Uint8Array(cols * rows).fill(1) };
}

function isIn([x, y, w, h]: Box, px: number, py: number): boolean {
  return px >= x && px < x + w && py >= y && py < y + h;
}

/** A second a step; the detector answers what is asked of the parcel's place, or nobody does. */
class Porch {
  readonly parcels = new Parcels();
  readonly told: ParcelTold[] = [];
  asked = 0;
  #s = 0;

  show(
    seconds: number,
    look: Look,
    { says = "parcel", busy = [] }: { says?: Label | null; busy?: Box[] } = {},
  ): this {
    for (let i = 0; i < seconds; i += 1) {
      const atUs = (this.#s += 1) * 1e6;
      this.parcels.scene({ atUs, scene: sceneOf({ ...look, seed: this.#s }), busy });
      const asks = this.parcels.asks(atUs);
      this.asked += asks.length;
      if (says === null) continue;
      const labelAt = (box: Box): Label => (overlap(box, parcelAt) > 0.2 ? says : "other");
      const seen = asks.map((box) => ({ label: labelAt(box), score: 0.8, box }));
      this.told.push(...this.parcels.answered(seen, asks, atUs));
    }
    return this;
  }

  get kinds(): string[] {
    return this.told.map(({ kind }) => kind);
  }
}

const somebody: Box = [0.4, 0.3, 0.25, 0.7];

test("a scene is as before only until something lies there that nobody was asked about yet, or stands behind somebody", () => {
  const porch = new Porch().show(8, {});
  expect(porch.parcels.isAsBefore).toBe(true);
  porch.show(3, { parcel: true }, { busy: [somebody] });
  expect(porch.parcels.isAsBefore).toBe(false);
  porch.show(1, { parcel: true });
  expect(porch.parcels.wonders).toBe(false);
  expect(porch.parcels.isAsBefore).toBe(false);
  porch.show(10, { parcel: true });
  expect([porch.kinds, porch.parcels.isAsBefore]).toEqual([["parcel-left"], true]);
});

describe("left and taken", () => {
  test("is told once each, with its place, after whoever did it has gone", () => {
    const porch = new Porch().show(8, {}).show(5, { parcel: true }, { busy: [somebody] });
    expect(porch.kinds).toEqual([]);
    porch.show(10, { parcel: true });
    expect(porch.kinds).toEqual(["parcel-left"]);
    expect(overlap(porch.told[0]?.box ?? [0, 0, 0, 0], parcelAt)).toBeGreaterThan(0.4);
    porch.show(60, { parcel: true });
    porch.show(5, {}, { busy: [somebody], says: "other" }).show(10, {}, { says: "other" });
    expect(porch.kinds).toEqual(["parcel-left", "parcel-taken"]);
    expect(porch.parcels.known).toEqual([]);
    porch.show(60, {}, { says: "other" });
    expect(porch.kinds).toHaveLength(2);
  });

  test("through a change of the light in between", () => {
    const porch = new Porch().show(8, {}).show(3, { parcel: true, gain: 1.3 }, { busy: [somebody] });
    porch.show(30, { parcel: true, gain: 1.3 }).show(10, { parcel: true, gain: 0.8 });
    expect(porch.kinds).toEqual(["parcel-left"]);
    porch
      .show(3, { gain: 0.8 }, { busy: [somebody], says: "other" })
      .show(10, { gain: 0.8 }, { says: "other" });
    expect(porch.kinds).toEqual(["parcel-left", "parcel-taken"]);
  });
});

describe("under a sun that comes and goes", () => {
  // a quarter of the picture falls into shade: its stones keep their pattern, and lose of their contrast
  const shade: Box = [0.3, 0.4, 0.5, 0.5];

  test("what lies in the shade is seen", () => {
    const porch = new Porch().show(8, {}).show(3, { parcel: true, shade }, { busy: [somebody] });
    porch.show(10, { parcel: true, shade });
    expect(porch.kinds).toEqual(["parcel-left"]);
    expect(overlap(porch.told[0]?.box ?? [0, 0, 0, 0], parcelAt)).toBeGreaterThan(0.4);
    expect(porch.told[0]?.score).toBeCloseTo(0.8);
  });

  test("it is taken in the sun again", () => {
    const porch = new Porch().show(8, {}).show(13, { parcel: true, shade });
    porch.show(3, {}, { busy: [somebody], says: "other" }).show(10, {}, { says: "other" });
    expect(porch.kinds).toEqual(["parcel-left", "parcel-taken"]);
  });
});

describe("nothing is told", () => {
  test("of a thing that is no parcel; it is asked for a few times, and is part of the scene then", () => {
    const porch = new Porch().show(8, {}).show(120, { parcel: true }, { says: "other" });
    expect(porch.kinds).toEqual([]);
    expect(porch.asked).toBeGreaterThan(0);
    expect(porch.asked).toBeLessThan(8);
  });

  test("without a model", () => {
    const porch = new Porch().show(8, {}).show(200, { parcel: true }, { says: null });
    expect(porch.kinds).toEqual([]);
    expect(porch.parcels.wonders).toBe(false);
  });

  test("when the light of everything changes, slowly or at once", () => {
    const porch = new Porch().show(8, {}).show(20, { gain: 1.6 }).show(20, { gain: 0.4 });
    for (let i = 0; i < 30; i += 1) porch.show(1, { gain: 1 - i / 60 });
    expect(porch.asked).toBe(0);
  });

  test("of a parcel that stood there when it began, and was taken", () => {
    const porch = new Porch().show(8, { parcel: true }).show(3, {}, { busy: [somebody] });
    porch.show(20, {}, { says: "other" });
    expect(porch.kinds).toEqual([]);
  });

  test("while the detector still sees a parcel where the light makes its place look empty", () => {
    const porch = new Porch().show(8, {}).show(15, { parcel: true });
    expect(porch.kinds).toEqual(["parcel-left"]);
    porch.show(30, {}, { says: "parcel" });
    expect(porch.kinds).toEqual(["parcel-left"]);
  });
});
