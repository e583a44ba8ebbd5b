import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../../daemon/keeper/store/database.ts";
import { Writer } from "../../../daemon/keeper/store/writer.ts";
import { generateIdentity } from "../../../daemon/seal/age/keys.ts";
import { formatIdentityFile } from "../../../daemon/seal/identity-file.ts";
import { seal } from "../../../daemon/seal/age/seal.ts";
import type { Event } from "../../../daemon/wire/api.ts";
import type { ClipManifest } from "../../../daemon/wire/manifest.ts";
import { clipFiles, clipFolder, dataPaths } from "../../../daemon/wire/paths.ts";
import { viewer, viewers } from "../seal/viewer.ts";
import { sill as run, type Printed } from "./command-line.ts";

const startWallMs = Date.UTC(2026, 0, 31, 12);
const clip = "0mjv8p1c0-h4k2m9x3qa";
const ring = "0mjv8p1c0-ringringri";
const sealed = (text: string): Uint8Array => seal(Buffer.from(text), viewers);
const parts = ["fragment zero, ", "fragment one"].map(sealed);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sill-recordings-"));
  writeFileSync(keyFile(), formatIdentityFile(viewer));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keyFile = (): string => join(folder, "key.txt");
const exported = (id: string, out: string, key = keyFile()): Promise<Printed> =>
  sill(`clips export ${id} --identity ${key} --out ${out}`);
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
    mark: null,
    seer: null,
    woke: false,
    what: [],
    whatScores: [],
    said: [],
    pir: "unknown",
    happenings: [],
    corrected: null,
    ignored: false,
    spared: null,
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
  writeFileSync(join(clipPath, clipFiles.init), sealed("init, "));
  for (const [index, content] of parts.entries())
    writeFileSync(join(clipPath, clipFiles.fragment(index)), content);

  const { database } = openDatabase(paths().database, startWallMs);
  const writer = new Writer(database);
  writer.clips.head({ id: clip, state: closed ? "complete" : "recording", ...picture });
  for (const fragment of fragments) writer.clips.fragment(clip, fragment);
  for (const each of events) writer.event(each);
  database.close();
}

test("events are listed newest first with what moved, length and zones", async () => {
  fill([
    event(ring, "ring", { clip, zones: ["driveway", "steps"] }),
    event("0mjv8p1c1-motionmoti", "motion", {
      startWallMs: startWallMs + 60_000,
      endWallMs: null,
      state: "open",
    }),
  ]);
  const { code, out } = await sill("events list");
  expect(code).toBe(0);
  const [head = "", newest = "", oldest = "", rest = ""] = out.split("\n");
  expect(head.split(/ {2,}/u)).toEqual(["WHEN", "WHAT", "LENGTH", "ZONES", "EVENT"]);
  expect(newest).toMatch(/ motion {2}going on {2}- +0mjv8p1c1-motionmoti$/u);
  expect(oldest).toMatch(new RegExp(` ring +8\\.0 s +driveway +${ring}$`, "u"));
  expect(rest.trim()).toBe("steps");
});

test.each<[string, Partial<Event>, string]>([
  ["nobody could name", {}, "motion"],
  ["has two names", { what: ["person", "animal"] }, "person, animal"],
  ["does not matter beside what does", { what: ["person", "other"] }, "person"],
  ["does not matter", { what: ["other"], ignored: true }, "other, hidden"],
  ["was corrected", { what: ["person"], corrected: "animal" }, "animal, corrected"],
  [
    "was corrected to what cannot wait",
    { what: ["person"], corrected: "animal", happenings: ["crossed", "waiting"] },
    "animal, corrected, came in",
  ],
  ["waited", { what: ["person"], happenings: ["crossed", "waiting"] }, "person, came in, did not ring"],
  [
    "left a parcel",
    { what: ["person", "parcel"], happenings: ["parcel-left", "loitering"] },
    "person, parcel left, stayed",
  ],
  ["took one", { happenings: ["parcel-taken"] }, "parcel taken"],
])("the list says of what %s", async (_, more, text) => {
  fill([
    event(ring, "ring", { startWallMs: startWallMs + 1 }),
    event("0mjv8p1c1-motionmoti", "motion", more),
  ]);
  const { out } = await sill("events list");
  const rows = out.split("\n").slice(2);
  const end = (out.split("\n")[0] ?? "").indexOf("LENGTH");
  expect(rows.map((line) => line.slice(21, end).trim()).join(", ")).toBe(text);
});

test("the list stays within 80 columns where much is to be said", async () => {
  const much: Partial<Event> = {
    endWallMs: startWallMs + 125_000,
    state: "interrupted",
    zones: ["everywhere", "path", "steps"],
    what: ["person", "vehicle", "animal", "parcel"],
    happenings: ["crossed", "loitering", "waiting", "parcel-left", "parcel-taken"],
    corrected: "animal",
    ignored: true,
  };
  fill([event(ring, "ring"), event("0mjv8p1c1-motionmoti", "motion", much)]);
  const { out } = await sill("events list");
  expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
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

test("an event is shown with all that is known of it", async () => {
  const visit = event("0mjv8p1c1-motionmoti", "motion", {
    what: ["person"],
    whatScores: [0.93],
    said: [
      { label: "person", score: 0.93, near: true },
      { label: "vehicle", score: 0.41 },
    ],
    happenings: ["crossed", "waiting"],
    corrected: "animal",
    pir: "moved",
    seer: "both",
    woke: true,
    mark: "false",
  });
  fill([visit]);
  const lines = (await sill(`events show ${visit.id}`)).out.split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  const facts = lines.map((line) => line.split(/ {2,}/u));
  for (const fact of [
    ["seen by", "picture and motion sensor; it woke the camera"],
    ["PIR", "fired"],
    ["moved", "person 0.93, at the door"],
    ["", "vehicle 0.41, not sure enough to be named"],
    ["happened", "came in over the line"],
    ["", "was at the door and did not ring, denied by the correction"],
    ["corrected", "by hand: animal"],
    ["mark", "a false alarm"],
    ["ignored", "no"],
  ])
    expect(facts).toContainEqual(fact);
});

test.each<[Partial<Event>, string]>([
  [{ ignored: true }, "ignored yes: what moved (vehicle, animal) is ruled ignore where it was"],
  [{ ignored: true }, "lists hide it, and it is kept for 24 h"],
  [{ spared: "ring" }, "ignored no: somebody rang while it went on"],
  [{ spared: "person" }, "ignored no: kept by hand"],
  [{ said: [] }, "moved vehicle 0.80"],
])("an event with %j says why it is hidden or not: %s", async (more, line) => {
  const what: Partial<Event> = { what: ["vehicle", "animal"], whatScores: [0.8, 0.7] };
  fill([event(ring, "motion", { ...what, ...more })]);
  const { out } = await sill(`events show ${ring}`);
  expect(out.split("\n").map((each) => each.trim().replaceAll(/ {2,}/gu, " "))).toContain(line);
});

test("an event is shown with its clip", async () => {
  fill([event(ring, "ring", { clip })]);
  const { out } = await sill(`events show ${ring}`);
  expect(out).toMatch(/^clip +0mjv8p1c0-h4k2m9x3qa$/mu);
  expect(out).toMatch(/^picture +640x360, avc1\.42c01f, 427 B$/mu);
  expect(JSON.parse((await sill(`events show ${ring} --json`)).out)).toMatchObject({
    event: { id: ring },
    clip: { id: clip },
  });
});

test("clips are listed with length, size and state", async () => {
  fill([]);
  expect((await sill("clips list")).out).toMatch(
    new RegExp(` 4\\.0 s {2}427 B {2}640x360 {2}complete {2}${clip}$`, "u"),
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

test("an export is init and fragments opened, in order, by the clip's name or its event's", async () => {
  fill([event(ring, "ring", { clip })]);
  for (const id of [clip, ring]) {
    const out = join(folder, `${id}.mp4`);
    expect(await exported(id, out)).toMatchObject({ code: 0, out: expect.stringContaining("4.0 s, 33 B.") });
    expect(readFileSync(out, "utf8")).toBe("init, fragment zero, fragment one");
    expect(statSync(out).mode & 0o777).toBe(0o600);
  }
});

test("a copied clip folder is exported by its path, without a doorbell", async () => {
  fill([]);
  const [copy, out] = [join(folder, "copy", clip), join(folder, "a.mp4")];
  cpSync(clipFolder(paths(), clip, startWallMs), copy, { recursive: true });
  rmSync(paths().root, { recursive: true });
  expect((await exported(copy, out)).code).toBe(0);
  expect(readFileSync(out, "utf8")).toBe("init, fragment zero, fragment one");
  expect(await exported(join(folder, "copy"), out)).toMatchObject({
    code: 3,
    err: expect.stringContaining("no clip folder"),
  });
});

test("an export never overwrites", async () => {
  fill([]);
  const out = join(folder, "mine.mp4");
  writeFileSync(out, "precious");
  expect(await exported(clip, out)).toMatchObject({
    code: 4,
    err: expect.stringContaining("not overwritten"),
  });
  expect(readFileSync(out, "utf8")).toBe("precious");
});

test("a recording that is still going on is exported as far as it is", async () => {
  fill([], { closed: false });
  expect((await exported(clip, join(folder, "a.mp4"))).out).toContain("still going on");
});

const fragment = (index: number): string =>
  join(clipFolder(paths(), clip, startWallMs), clipFiles.fragment(index));
const init = (): string => join(clipFolder(paths(), clip, startWallMs), clipFiles.init);

test.each<[string, () => void, string]>([
  ["cut fragment", () => truncateSync(fragment(1), 200), "000001.m4s.age of the clip is damaged"],
  ["empty fragment", () => truncateSync(fragment(0), 0), "000000.m4s.age of the clip is damaged"],
  ["fragment that is gone", () => rmSync(fragment(0)), "000000.m4s.age of the clip is damaged"],
  [
    "fragment that changed places",
    () => cpSync(fragment(0), fragment(1)),
    "000001.m4s.age of the clip is damaged",
  ],
  [
    "changed fragment",
    () => writeFileSync(fragment(1), Buffer.from(parts[1] ?? []).fill(0, 200, 201)),
    "000001.m4s.age of the clip is damaged: its hash",
  ],
  ["cut init segment", () => truncateSync(init(), 210), "init.mp4.age of the clip is damaged: age "],
  ["init segment cut in its header", () => truncateSync(init(), 30), "init.mp4.age of the clip is damaged"],
  [
    "init segment that is plain",
    () => writeFileSync(init(), "init, "),
    "init.mp4.age of the clip is damaged: not an age file",
  ],
])("a %s stops the export, is named, and leaves no file", async (_, damage, words) => {
  fill([]);
  damage();
  const out = join(folder, "a.mp4");
  expect(await exported(clip, out)).toMatchObject({ code: 8, out: "", err: expect.stringContaining(words) });
  expect(() => readFileSync(out)).toThrow("ENOENT");
});

test.each<[string, string | null, number, string]>([
  ["of somebody else", formatIdentityFile(generateIdentity()), 4, "does not open init.mp4.age of the clip"],
  ["that is missing", null, 3, "no identity file"],
  ["that is empty", "", 2, "no identity in the key file"],
  ["with a typing mistake", "AGE-SECRET-KEY-1QQQQQQ", 2, "line 1: identity: its checksum"],
  ["that is a public key", "age1qqqqq", 2, "line 1: identity: it does not start with AGE-SECRET-KEY-1"],
])("an identity file %s is a clear error and writes nothing", async (_, content, code, words) => {
  fill([]);
  const [key, out] = [join(folder, "other.txt"), join(folder, "a.mp4")];
  if (content !== null) writeFileSync(key, content);
  const printed = await exported(clip, out, key);
  expect(printed).toMatchObject({ code, err: expect.stringContaining(words) });
  expect(printed.err).toContain("hint: ");
  expect(printed.err).not.toContain("QQQQQQ");
  expect(() => readFileSync(out)).toThrow("ENOENT");
});

test("a plain clip of an earlier Sill is not exported, and how to join it is said", async () => {
  fill([]);
  renameSync(fragment(0), fragment(0).replace(".age", ""));
  expect(await exported(clip, join(folder, "a.mp4"))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/before Sill sealed.*\nhint: .*cat init\.mp4/u),
  });
});

test.each(["0mjv8p1c9-nowherenow", "x'; DROP TABLE clips"])("unknown id %s is not found", async (id) => {
  fill([]);
  const { code, err } = await run([
    "clips",
    "export",
    id,
    "--identity",
    keyFile(),
    "--out",
    join(folder, "a.mp4"),
    `--data=${paths().root}`,
  ]);
  expect(code).toBe(3);
  expect(err).toContain("hint: sill clips list");
});

test("an event without video says so", async () => {
  fill([event(ring, "ring")]);
  expect((await exported(ring, join(folder, "a.mp4"))).err).toContain("has no clip");
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

test("all recordings of a time are written, each once, however often it is asked", async () => {
  fill([event(ring, "ring", { clip })]);
  const out = join(folder, "night");
  const ask = (times: string): Promise<Printed> =>
    sill(`clips export ${times} --identity ${keyFile()} --out ${out}`);
  const around = "--from 2026-01-31T12:00:00Z --to 2026-01-31T13:00:00Z";
  expect(await ask(around)).toMatchObject({ code: 0, out: expect.stringContaining("Wrote 1 recording,") });
  const file = join(out, `2026-01-31_12-00-00Z_${clip}.mp4`);
  expect(readFileSync(file, "utf8")).toContain("fragment zero, fragment one");
  expect(await ask(around)).toMatchObject({ code: 0, out: expect.stringContaining("1 were there already") });
  const before = "--from 2026-01-31T11:00:00Z --to 2026-01-31T12:00:00Z";
  expect(await ask(before)).toMatchObject({ code: 0, out: expect.stringContaining("Wrote 0 recordings") });
});

test("a recording of a time that cannot be opened is named, and the command fails", async () => {
  fill([event(ring, "ring", { clip })]);
  writeFileSync(keyFile(), formatIdentityFile(generateIdentity()));
  const line = `clips export --from 2026-01-31 --to 2026-02-02 --identity ${keyFile()} --out ${join(folder, "night")}`;
  const { code, err } = await sill(line);
  expect(code).not.toBe(0);
  expect(err).toContain(`not ${clip}`);
  expect(err).toContain("1 recording could not be written");
});

test.each([
  ["--from yesterday --to 2026-02-01", "--from yesterday is no time"],
  ["--from 2026-02-01", "needs a clip's ID, or --from and --to"],
  [`${clip} --from 2026-02-01`, "not both"],
])("export of %s says what is wrong", async (asked, words) => {
  fill([]);
  const { code, err } = await sill(
    `clips export ${asked} --identity ${keyFile()} --out ${join(folder, "x")}`,
  );
  expect([code, err.includes(words)], err).toEqual([2, true]);
});
