/**
 * The hunt through a real doorbell: every route, every file, and what it prints.
 *
 * One doorbell serves all tests, in order; what deletes something is asked last.
 */
import { readdirSync, statSync, watch } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clipFiles, dataPaths } from "../../daemon/wire/paths.ts";
import { commands } from "../../daemon/cli/commands.ts";
import { readWav } from "../../hal/pcm.ts";
import { openDoor } from "../daemon/keeper/door.ts";
import { commandHunts } from "./commands.ts";
import { clipHunts, huntOf, pathHunts } from "./files.ts";
import { startHunt, type HuntRig } from "./rig.ts";
import { routeHunts } from "./routes.ts";
import { systemHunts } from "./systems.ts";
import { expectLevels } from "./levels.ts";
import { expectWords } from "./words.ts";

let folder = "";
let data = "";
let rig: HuntRig;
/** Every name that appeared under the data folder, however briefly; and which of them were folders. */
const names = new Set<string>();
const folders = new Set<string>();

function see(name: string): void {
  names.add(name);
  if (statSync(join(data, name), { throwIfNoEntry: false })?.isDirectory() === true) folders.add(name);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-hunt-"));
  data = join(folder, "data");
  await mkdir(data);
  watch(data, { recursive: true, persistent: false }, (_event, name) => see(String(name)));
  rig = await startHunt(data);
}, 90_000);
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
}, 20_000);

/** Of a keeper with a built page, or without one. */
async function routesOfKeeper(webRoot: string): Promise<string[]> {
  await using door = await openDoor({ webRoot });
  const ours = door.keeper.routes.filter(
    ({ method, url }) => method !== "HEAD" && !url.startsWith("/api/docs"),
  );
  return ours.map(({ method, url }) => `${method} ${url}`);
}

test("every route is in the hunt, and nothing is hunted that is no route", async () => {
  const webRoot = join(folder, "page");
  await mkdir(webRoot);
  await writeFile(join(webRoot, "index.html"), "");
  const found = new Set([...(await routesOfKeeper(webRoot)), ...(await routesOfKeeper("/nonexistent"))]);
  expect([...found].sort()).toEqual(Object.keys(routeHunts).sort());
});

test("every name that files have by daemon/wire/paths.ts is in the hunt", () => {
  expect(Object.keys(pathHunts)).toEqual(Object.keys(dataPaths("x")));
  expect(Object.keys(clipHunts)).toEqual(Object.keys(clipFiles));
});

test("every command is in the hunt", () => {
  expect(Object.keys(commandHunts).sort()).toEqual(Object.keys(commands).sort());
});

describe("nothing of the canary is printed or written by", () => {
  const hunted = Object.entries(commandHunts).filter(([, hunt]) => hunt !== null);
  test.each(hunted)("sill %s", { timeout: 60_000 }, async (_name, hunt) => {
    await hunt?.(rig, folder);
  });
});

const deletesLast = Object.keys(routeHunts).sort(
  (a, b) => Number(a.startsWith("DELETE")) - Number(b.startsWith("DELETE")),
);

describe("nothing of the canary leaves by", () => {
  test.each(deletesLast)("%s", { timeout: 60_000 }, async (route) => {
    await routeHunts[route]?.(rig, route);
  });
});

describe("nothing of the canary is given to systems of the house by", () => {
  test.each(Object.entries(systemHunts))("%s", { timeout: 60_000 }, async (_way, hunt) => hunt(rig));
});

function filesUnder(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

test("the API's documentation is words", async () => {
  const response = await rig.owner.fetch("/api/docs/json");
  expectWords(new Uint8Array(await response.arrayBuffer()), 512 * 1_024, "/api/docs/json");
});

describe("nothing of the canary lies in", () => {
  // nothing comes or goes any more
  beforeAll(async () => void (await rig.daemon.stop()), 20_000);

  test("a file that nobody thought of: every name that ever appeared is in the hunt", () => {
    const seen = [...new Set([...names, ...filesUnder(data)])].filter((name) => !folders.has(name));
    expect(seen.filter((name) => huntOf(name) === "sealed").length).toBeGreaterThan(2);
    expect(seen.filter((name) => huntOf(name) === "levels").length).toBeGreaterThan(0);
    expect(seen.filter((name) => huntOf(name) === null)).toEqual([]);
  });

  test("any of the files", async () => {
    for (const name of filesUnder(data)) {
      const path = join(data, name);
      const bytes = huntOf(name) === "empty" ? Buffer.alloc(0) : await readFile(path);
      if (huntOf(name) === "words") expectWords(bytes, 1_024 * 1_024, name);
      // the hunt makes too few entries for any to be there; one that is must be looked at
      if (huntOf(name) === "hashes") expect(bytes.length, name).toBe(0);
      if (huntOf(name) === "sound") expect(readWav(bytes).rate, name).toBeGreaterThan(0);
      if (huntOf(name) === "levels") expectLevels(bytes, name);
      if (huntOf(name) === "sealed")
        expect(bytes.toString("latin1", 0, 22), name).toBe("age-encryption.org/v1\n");
    }
  });

  test("the index: it has numbers, hashes and short texts alone", () => {
    using database = new DatabaseSync(join(data, "sill.db"), { readOnly: true });
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    expect(tables.length).toBeGreaterThan(1);
    for (const { name } of tables)
      for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).all())
        for (const [column, value] of Object.entries(row)) {
          if (value instanceof Uint8Array)
            expect(value.length, `${String(name)}.${column}`).toBeLessThanOrEqual(32);
          if (typeof value === "string") expectWords(Buffer.from(value), 4_096, `${String(name)}.${column}`);
        }
  });

  test("what the doorbell prints", () => {
    expectWords(Buffer.from(rig.daemon.output()), 512 * 1_024, "log");
  });
});
