import { rm, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ZonesWatch, type ZonesState } from "../../../daemon/eye/zones-watch.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { tempFolder } from "../keeper/temp-folder.ts";

const polygon = [
  [0, 0],
  [1, 0],
  [1, 1],
];
const settings = { sensitivity: 40, zones: [{ name: "of the settings", polygon: [] }] };

async function openZones(folder: string) {
  const path = join(folder, "zones.json");
  const changes: ZonesState[] = [];
  const watch = new ZonesWatch({
    path,
    clock: new SimClock(),
    settings,
    onChange: (state) => changes.push(state),
  });
  await watch.start();
  return {
    path,
    changes,
    says: async (text: string) => {
      await writeFile(`${path}.new`, text); // whole, as the keeper writes it: the watch may read at any moment
      await rename(`${path}.new`, path);
      await watch.reload();
      return watch.state;
    },
    watch,
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}

test("drawn zones win over those of the settings while their file is there, none drawn = everywhere", async () => {
  await using folder = await tempFolder();
  await using zones = await openZones(folder.path);
  expect(zones.watch.state).toEqual({ settings, fault: null });
  const drawn = [
    { name: "path", polygon, sensitivity: 80 },
    { name: "bed", polygon, sensitivity: null },
  ];
  expect((await zones.says(JSON.stringify({ zones: drawn }))).settings).toEqual({
    sensitivity: 40,
    zones: [
      { name: "path", polygon, sensitivity: 80 },
      { name: "bed", polygon },
    ],
    rules: [],
  });
  expect((await zones.says('{"zones": []}')).settings.zones).toEqual([]);
  await rm(zones.path);
  await zones.watch.reload();
  expect(zones.watch.state.settings).toEqual(settings);
  expect(zones.changes).toHaveLength(3);
});

describe("a broken file is said, and the settings count:", () => {
  test.each([
    "",
    "{",
    "[]",
    '{"zones": [{"name": "path"}]}',
    JSON.stringify({
      zones: [
        {
          name: "path",
          polygon: [
            [0, 0],
            [2, 0],
            [1, 1],
          ],
          sensitivity: 1,
        },
      ],
    }),
    JSON.stringify({ zones: [{ name: "path", polygon, sensitivity: 101 }] }),
  ])("%s", async (text) => {
    await using folder = await tempFolder();
    await using zones = await openZones(folder.path);
    await zones.says(JSON.stringify({ zones: [{ name: "path", polygon, sensitivity: 80 }] }));
    expect(await zones.says(text)).toMatchObject({
      settings,
      fault: { kind: "corrupt", message: "the motion zones are broken", hint: expect.stringMatching(/draw/) },
    });
  });
});
