import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskFiles } from "../../../daemon/files/disk.ts";
import { openDeviceKey } from "../../../daemon/identity/device-key.ts";
import { Ledger } from "../../../daemon/ledger/ledger.ts";
import { deviceSigner, ledgerKey } from "../../../daemon/ledger/key.ts";
import { dataPaths } from "../../../daemon/wire/paths.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { tempFolder, type TempFolder } from "../keeper/temp-folder.ts";
import { sill as run, type Printed } from "./command-line.ts";

interface House extends AsyncDisposable {
  readonly folder: TempFolder;
  readonly key: string;
  sill(line: string): Promise<Printed>;
}

/** With two entries, the second about a clip. */
async function openHouse(): Promise<House> {
  const folder = await tempFolder();
  const data = join(folder.path, "data");
  await mkdir(data);
  const paths = dataPaths(data);
  const device = await openDeviceKey(paths.deviceKey);
  await using ledger = await Ledger.open({
    files: diskFiles(paths.ledger),
    clock: new SimClock(),
    signer: deviceSigner(device),
  });
  await ledger.append({ what: "policy-applied", who: null, detail: "line 1" });
  await ledger.append({ what: "clip-view", who: "Ada", detail: "", about: { clip: "clip-0001" } });
  return {
    folder,
    key: ledgerKey(device.device),
    sill: (line) => run([...line.split(" "), `--data=${data}`], { cwd: folder.path }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test("show lists what happened, newest first, and one kind alone", async () => {
  await using house = await openHouse();
  const { out, code } = await house.sill("ledger show");
  expect(code).toBe(0);
  expect(out.split("\n").map((line) => line.replaceAll(/ {2,}/gu, " "))).toEqual([
    "NUMBER WHEN WHAT WHO DETAIL",
    expect.stringMatching(/^ 1 \d{4}-.* clip-view Ada clip clip-0001$/u),
    expect.stringMatching(/^ 0 \d{4}-.* policy-applied the doorbell line 1$/u),
  ]);
  const { out: json } = await house.sill("ledger show --kind clip-view --json");
  expect(JSON.parse(json)).toMatchObject([{ seq: 1, kind: "clip-view", opening: { who: "Ada" } }]);
  expect(await house.sill("ledger show --kind views")).toMatchObject({ code: 2 });
});

test("show goes on where a page ended", async () => {
  await using house = await openHouse();
  const { err } = await house.sill("ledger show --limit 1");
  expect(err).toBe("older ones: sill ledger show --before 1");
  expect((await house.sill("ledger show --limit 1 --before 1")).out).toContain("policy-applied");
});

test("an export is checked without the doorbell, and one that was changed is refused by its line", async () => {
  await using house = await openHouse();
  const file = join(house.folder.path, "ledger.txt");
  expect((await house.sill(`ledger export --out ${file}`)).out).toBe(`Wrote ${file}: 2 entries.`);
  const good = await run(["ledger", "verify", file, "--key", house.key]);
  expect([good.code, good.out]).toEqual([0, expect.stringContaining("The ledger holds: 2 entries, from ")]);
  await writeFile(file, (await readFile(file, "utf8")).replace('"who":"Ada"', '"who":"Bob"'));
  const bad = await run(["ledger", "verify", file]);
  expect(bad).toMatchObject({
    code: 8,
    out: "line 3: the details are not those that the entry was made with",
    err: expect.stringContaining("does not hold: 1 problem"),
  });
  const { problems } = JSON.parse((await run(["ledger", "verify", file, "--json"])).out) as {
    problems: unknown[];
  };
  expect(problems).toHaveLength(1);
});

test("verify without a file checks this doorbell's own", async () => {
  await using house = await openHouse();
  const { out } = await house.sill("ledger verify");
  expect(out).toContain(`Signed by ${house.key}`);
  const entries = join(house.folder.path, "data/ledger/entries/000000.jsonl");
  await writeFile(entries, (await readFile(entries, "utf8")).replace("clip-view", "live-view"));
  expect(await house.sill("ledger verify")).toMatchObject({
    code: 8,
    out: expect.stringContaining("not those that were signed"),
  });
});

test("an existing file is never overwritten, and none is missed in silence", async () => {
  await using house = await openHouse();
  await writeFile(join(house.folder.path, "there.txt"), "mine");
  expect(await house.sill(`ledger export --out ${join(house.folder.path, "there.txt")}`)).toMatchObject({
    code: 4,
  });
  expect(await house.sill("ledger export")).toMatchObject({ code: 2 });
  expect(await run(["ledger", "verify", "/nonexistent/ledger.txt"])).toMatchObject({ code: 3 });
  const empty = `--data=${house.folder.path}`;
  expect(await run(["ledger", "verify", empty])).toMatchObject({ code: 3 });
  expect(await run(["ledger", "show", empty])).toMatchObject({
    code: 0,
    err: expect.stringContaining("No entries"),
  });
});
