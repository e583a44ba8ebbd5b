/** Motion zones to a drawing and back, and what a zone must be called. */
import { expect, test } from "vitest";
import { zonesSchema, type Zones } from "../../../daemon/wire/api-household.ts";
import { act, drawingOf, openDesk } from "../../../web/drawing/desk.ts";
import {
  described,
  drawingFromZones,
  isSameZones,
  nameFlaw,
  newMotion,
  zonesOf,
} from "../../../web/zones/zones-draft.ts";

const kept: Zones = {
  zones: [
    {
      name: "Steps",
      polygon: [
        [0.1, 1 / 3],
        [0.5, 0.2],
        [0.4, 0.9],
      ],
      sensitivity: null,
    },
    {
      name: "Path",
      polygon: [
        [0.6, 0.6],
        [0.9, 0.6],
        [0.9, 0.9],
      ],
      sensitivity: 70,
      fuse: "both",
    },
  ],
  sensitivity: 40,
  rules: [{ zone: "Path", light: "dark", from: null, to: null, sensitivity: 20 }],
};
const nameOf = (place: number) => `Zone ${place}`;

test("zones that were drawn and saved are the very same zones", () => {
  const back = zonesOf(drawingFromZones(kept), kept);
  expect(back).toEqual(kept);
  expect(isSameZones(zonesSchema.parse(JSON.parse(JSON.stringify(back))), kept)).toBe(true);
});

test("a name and a sensitivity are changed like corners, with undo", () => {
  const desk = openDesk(drawingFromZones(kept));
  const motion = described(drawingOf(desk), 2, { sensitivity: 5 });
  expect(motion).toEqual({ name: "Path", sensitivity: 5, fuse: "both" });
  if (motion === null) return;
  const changed = act(desk, { act: "edit", edit: { do: "describe", shape: 2, motion } });
  expect(zonesOf(drawingOf(changed), kept).zones[1]?.sensitivity).toBe(5);
  expect(zonesOf(drawingOf(act(changed, { act: "undo" })), kept)).toEqual(kept);
});

test.each([
  ["no name", ["", "Path"], { kind: "missing" }],
  ["a name of spaces", ["  ", "Path"], { kind: "missing" }],
  ["the same name twice", ["Path ", "Path"], { kind: "twice", name: "Path" }],
  ["names of their own", ["Steps", "Path"], null],
])("zones with %s", (_, names, flaw) => {
  const zones = kept.zones.map((zone, i) => ({ ...zone, name: names[i] ?? "" }));
  expect(nameFlaw(drawingFromZones({ zones }))).toEqual(flaw);
});

test("a new zone has a name that no other has", () => {
  expect(newMotion(drawingFromZones({ zones: [] }), nameOf).name).toBe("Zone 1");
  const zones = kept.zones.map((zone) => ({ ...zone, name: zone.name === "Path" ? "Zone 3" : zone.name }));
  expect(newMotion(drawingFromZones({ zones }), nameOf).name).toBe("Zone 4");
});
