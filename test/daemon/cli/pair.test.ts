import { expect, test } from "vitest";
import { human, pair } from "../../../scripts/rigs/person.ts";
import { openBareDoor, openDoor } from "../keeper/door.ts";
import { tempFolder } from "../keeper/temp-folder.ts";
import { sill } from "./command-line.ts";

test("sill pair prints the code that the page takes, when it expires and where to type it", async () => {
  await using door = await openBareDoor();
  const { code, out } = await sill(`pair --data=${door.paths.root}`);
  expect(code).toBe(0);
  expect(out).toContain(await door.code());
  expect(out).toMatch(/^Valid until +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/m);
  expect(out).toMatch(/^Open +http:\/\/127\.0\.0\.1:8460$/m);
  const json = JSON.parse((await sill(`pair --json --data=${door.paths.root}`)).out) as { code: string };
  await pair(door.base, human(1), json.code);
});

test("a code that is void is replaced while the doorbell runs", async () => {
  await using door = await openBareDoor();
  const first = await door.code();
  for (let i = 0; i < 5; i += 1) await expect(pair(door.base, human(1), "x")).rejects.toThrow("pairing code");
  await sill(`pair --data=${door.paths.root}`);
  const second = await door.code();
  expect(second).not.toBe(first);
  await pair(door.base, human(1), second ?? "");
});

test("a doorbell that is paired already gives no code and says how others get in", async () => {
  await using door = await openDoor();
  const { code, out, err } = await sill(`pair --data=${door.paths.root}`);
  expect([code, out]).toEqual([4, ""]);
  expect(err).toContain("paired already: 1 owner");
  expect(err).toContain("an owner enrols others on the page");
});

test("without a data folder it says how to get one", async () => {
  await using folder = await tempFolder();
  const { code, err } = await sill(`pair --data=${folder.path}/none`);
  expect(code).toBe(3);
  expect(err).toContain("sill run");
});
