import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../../daemon/keeper/store/database.ts";
import { Writer } from "../../../daemon/keeper/store/writer.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import type { ClipManifest } from "../../../daemon/wire/manifest.ts";
import { clipFiles, clipFolder, dataPaths } from "../../../daemon/wire/paths.ts";
import { sill as run, type Printed } from "./command-line.ts";

const startWallMs = Date.UTC(2026, 0, 31, 12);
const clip = "0mjv8p1c0-h4k2m9x3qa";
const ring = "0mjv8p1c0-ringringri";
const parts = ["fragment zero, ", "fragment one"].map((text) => Buffer.from(text));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sill-recordings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const paths = () => dataPaths(join(folder, "data"));
const sill = (line: string): Promise<Printed> => run([...line.split(" "), `--data=${join(folder, "data")}`]);

function event(id: string, kind: Event["kind"], more: Partial<Event> = {}): Event {
  return {
    id,
    kind,
    state: "closed",
    startWallMs,
    endWallMs: startWallMs + 8_000,
    score: 0,
    zones: [],
    clip: null,
    thumbnail: false,
    ...more,
  };
}

/** A data folder as the doorbell leaves it: an index, and one clip's files. */
function fill(events: readonly Event[], { closed = true } = {}): void {
  const fragments = parts.map((content, index) => ({
    index,
    startMs: index * 2_000,
    durationMs: 2_000,
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  const picture = { startWallMs, codec: "avc1.42c01f", width: 640, height: 360 };
  const manifest: ClipManifest = {
    version: 1,
    clip,
    ...picture,
    events: [{ event: ring, kind: "ring", startWallMs }],
    fragments,
    closed: closed ? { endWallMs: startWallMs + 4_000, reason: "quiet" } : null,
  };
  const clipPath = clipFolder(paths(), clip, startWallMs);
  mkdirSync(clipPath, { recursive: true });
  writeFileSync(join(clipPath, clipFiles.manifest), JSON.stringify(manifest));
  writeFileSync(join(clipPath, clipFiles.init), "init, ");
  for (const [index, content] of parts.entries())
    writeFileSync(join(clipPath, clipFiles.fragment(index)), content);

  const { database } = openDatabase(paths().database, startWallMs);
  const writer = new Writer(database);
  writer.clip({ id: clip, state: closed ? "complete" : "recording", ...picture });
  for (const fragment of fragments) writer.fragment(clip, fragment);
  for (const each of events) writer.event(each);
  database.close();
}

test("events are listed newest first with length, zones and clip", async () => {
  fill([
    event(ring, "ring", { clip, zones: ["path", "steps"] }),
    event("0mjv8p1c1-motionmoti", "motion", {
      startWallMs: startWallMs + 60_000,
      endWallMs: null,
      state: "open",
    }),
  ]);
  const { code, out } = await sill("events list");
  expect(code).toBe(0);
  const [head = "", newest = "", oldest = ""] = out.split("\n");
  expect(head.split(/ {2,}/u)).toEqual(["WHEN", "WHAT", "LENGTH", "ZONES", "CLIP", "EVENT"]);
  expect(newest).toMatch(/ motion {2}going on {2}- +- +0mjv8p1c1-motionmoti$/u);
  expect(oldest).toMatch(new RegExp(` ring +8\\.0 s +path, steps {2}${clip} {2}${ring}$`, "u"));
});

test("events list --json prints the API's events; --kind and --before narrow them", async () => {
  const motion = event("0mjv8p1c1-motionmoti", "motion", { startWallMs: startWallMs + 60_000 });
  fill([event(ring, "ring", { clip }), motion]);
  const listed = async (line: string) => (JSON.parse((await sill(line)).out) as Event[]).map(({ id }) => id);
  expect(await listed("events list --json")).toEqual([motion.id, ring]);
  expect(await listed("events list --json --kind motion")).toEqual([motion.id]);
  expect(await listed(`events list --json --before ${motion.id}`)).toEqual([ring]);
  expect(await listed("events list --json --limit 1")).toEqual([motion.id]);
});

test("a full page says how to go on", async () => {
  fill([event(ring, "ring"), event("0mjv8p1c1-motionmoti", "motion", { startWallMs: startWallMs + 1 })]);
  expect((await sill("events list --limit 1")).err).toBe(
    "older ones: sill events list --before 0mjv8p1c1-motionmoti",
  );
});

test("an event is shown with its clip", async () => {
  fill([event(ring, "ring", { clip })]);
  const { out } = await sill(`events show ${ring}`);
  expect(out).toMatch(/^clip +0mjv8p1c0-h4k2m9x3qa$/mu);
  expect(out).toMatch(/^picture +640x360, avc1\.42c01f, 27 B$/mu);
  expect(JSON.parse((await sill(`events show ${ring} --json`)).out)).toMatchObject({
    event: { id: ring },
    clip: { id: clip },
  });
});

test("clips are listed with length, size and state", async () => {
  fill([]);
  expect((await sill("clips list")).out).toMatch(
    new RegExp(` 4\\.0 s {2}27 B {2}640x360 {2}complete {2}${clip}$`, "u"),
  );
  expect(JSON.parse((await sill("clips list --json")).out)).toMatchObject([
    { id: clip, fragments: [{}, {}] },
  ]);
});

test("an empty doorbell says what would fill it", async () => {
  fill([]);
  expect(await sill("events list")).toMatchObject({
    code: 0,
    out: "",
    err: expect.stringContaining("No events yet"),
  });
  expect((await sill("events list --json")).out).toBe("[]");
});

test("a folder where no doorbell ran says how to start one", async () => {
  const { code, err } = await sill("events list");
  expect(code).toBe(3);
  expect(err).toMatch(/sill: no recordings in the data folder .*\nhint: sill run/u);
});

test("an export is init and fragments in order, by the clip's name or its event's", async () => {
  fill([event(ring, "ring", { clip })]);
  for (const id of [clip, ring]) {
    const out = join(folder, `${id}.mp4`);
    expect(await sill(`clips export ${id} --out ${out}`)).toMatchObject({
      code: 0,
      out: expect.stringContaining("4.0 s, 33 B."),
    });
    expect(readFileSync(out, "utf8")).toBe("init, fragment zero, fragment one");
  }
});

test("an export never overwrites", async () => {
  fill([]);
  const out = join(folder, "mine.mp4");
  writeFileSync(out, "precious");
  expect(await sill(`clips export ${clip} --out ${out}`)).toMatchObject({
    code: 4,
    err: expect.stringContaining("not overwritten"),
  });
  expect(readFileSync(out, "utf8")).toBe("precious");
});

test("a recording that is still going on is exported as far as it is", async () => {
  fill([], { closed: false });
  expect((await sill(`clips export ${clip} --out ${join(folder, "a.mp4")}`)).out).toContain("still going on");
});

test.each([
  ["changed", (path: string) => writeFileSync(path, "fragment One"), 8],
  ["cut", (path: string) => writeFileSync(path, "frag"), 8],
])("a %s fragment stops the export and leaves no file", async (_, damage, code) => {
  fill([]);
  damage(join(clipFolder(paths(), clip, startWallMs), clipFiles.fragment(1)));
  const out = join(folder, "a.mp4");
  expect(await sill(`clips export ${clip} --out ${out}`)).toMatchObject({
    code,
    err: expect.stringContaining("1 of 2 fragments"),
  });
  expect(() => readFileSync(out)).toThrow("ENOENT");
});

test.each(["0mjv8p1c9-nowherenow", "../../etc", "x'; DROP TABLE clips"])(
  "unknown id %s is not found",
  async (id) => {
    fill([]);
    const { code, err } = await run([
      "clips",
      "export",
      id,
      "--out",
      join(folder, "a.mp4"),
      `--data=${paths().root}`,
    ]);
    expect(code).toBe(3);
    expect(err).toContain("hint: sill clips list");
  },
);

test("an event without video says so", async () => {
  fill([event(ring, "ring")]);
  expect((await sill(`clips export ${ring} --out ${join(folder, "a.mp4")}`)).err).toContain("has no clip");
});

test("an index of a newer Sill is refused, not misread", async () => {
  fill([]);
  const { database } = openDatabase(paths().database, startWallMs);
  database.exec("PRAGMA user_version = 99");
  database.close();
  expect(await sill("clips list")).toMatchObject({ code: 2, err: expect.stringContaining("version 99") });
});

test("an index that no doorbell has finished making says who does", async () => {
  fill([]);
  const { database } = openDatabase(paths().database, startWallMs);
  database.exec("PRAGMA user_version = 0");
  database.close();
  expect(await sill("clips list")).toMatchObject({ code: 2, err: expect.stringContaining("hint: sill run") });
});

test("a damaged index is named, with what mends it", async () => {
  fill([]);
  writeFileSync(paths().database, "no database at all, ".repeat(500));
  const { code, err } = await sill("clips list");
  expect(code).toBe(8);
  expect(err).toContain(paths().database);
  expect(err).toContain("hint: sill run");
});
