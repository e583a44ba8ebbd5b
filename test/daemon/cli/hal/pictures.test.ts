/**
 * `sill hal record --frames` and `sill hal pictures`: sealed pictures beside a trace, from a keeper whose eye is the
 * test's own. A real eye's are hunted through in test/leak.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordTrace, type RecordOptions } from "../../../../daemon/cli/hal/record.ts";
import { formatIdentityFile } from "../../../../daemon/seal/identity-file.ts";
import { generateIdentity } from "../../../../daemon/seal/age/keys.ts";
import { seal } from "../../../../daemon/seal/age/seal.ts";
import { systemClock } from "../../../../hal/clock.ts";
import type { Moment } from "../../../../hal/trace/format.ts";
import { pictureFolder, pictureName } from "../../../../hal/trace/pictures.ts";
import { openBareDoor, openDoor, testSettings, type BareDoor } from "../../keeper/door.ts";
import { until as waitUntil } from "../../keeper/page.ts";
import { tempFolder } from "../../keeper/temp-folder.ts";
import { connectTestEye } from "../../keeper/test-eye.ts";
import { viewer, viewers } from "../../seal/viewer.ts";
import { replayed, traceOf } from "../../../hal/trace/rigs.ts";
import { sill } from "../command-line.ts";
import { interruptOf } from "./rigs.ts";

function recordingOf(door: BareDoor, file: string, more: Partial<RecordOptions> = {}) {
  const until = interruptOf();
  const { promise: started, resolve: onStarted } = Promise.withResolvers<unknown>();
  const recording = recordTrace({
    settings: testSettings(door.paths.root),
    file,
    names: null,
    maxBytes: 1e6,
    picturesPerS: 2,
    clock: systemClock,
    until,
    onStarted,
    ...more,
  });
  return { recording, started, until };
}

const picture = (text: string, sequence: number) =>
  ({
    type: "frame-picture",
    ns: String(process.hrtime.bigint()),
    sequence,
    age: Buffer.from(seal(Buffer.from(text), viewers)).toString("base64"),
  }) as const;

test("pictures go sealed into a folder beside the trace, which names them and holds none", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using folder = await tempFolder();
  const file = join(folder.path, "pale.trace.jsonl");
  const { recording, started, until } = recordingOf(door, file);
  await started;
  await waitUntil(() =>
    eye.received.some((message) => message.type === "timings" && message.picturesPerS === 2),
  );
  eye.send(picture("first", 3));
  eye.send(picture("second", 11));
  await waitUntil(async () => (await readdir(pictureFolder(file))).length === 2);
  until.stop();
  const { counts, pictureBytes } = await recording;
  expect([counts.picture, pictureBytes > 0]).toEqual([2, true]);
  expect(await replayed(await readFile(file))).toMatchObject({ state: "complete", pictures: 2 });

  const key = join(folder.path, "key.txt");
  await writeFile(key, formatIdentityFile(viewer));
  const out = join(folder.path, "opened");
  expect(await sill(`hal pictures ${file} --identity ${key} --out ${out}`)).toMatchObject({
    code: 0,
    out: `Wrote 2 pictures to ${out}.`,
    err: "",
  });
  const names = (await readdir(out)).sort();
  expect(names).toEqual([
    expect.stringMatching(/^000001-\d+\.\d{3}s\.jpg$/u),
    expect.stringMatching(/^000002-\d+\.\d{3}s\.jpg$/u),
  ]);
  const texts = await Promise.all(names.map((name) => readFile(join(out, name), "utf8")));
  expect(texts).toEqual(["first", "second"]);
});

test("a doorbell without an owner has nobody to seal to: refused, and nothing is written", async () => {
  await using door = await openBareDoor();
  await using folder = await tempFolder();
  const { recording } = recordingOf(door, join(folder.path, "x.trace.jsonl"));
  await expect(recording).rejects.toMatchObject({
    kind: "denied",
    message: "pictures are sealed to an owner, and this doorbell has none",
  });
  expect(await readdir(folder.path)).toEqual([]);
});

test("what is not sealed is not written, and ends the recording", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using folder = await tempFolder();
  const file = join(folder.path, "x.trace.jsonl");
  const { recording, started } = recordingOf(door, file);
  await started;
  const plain = Buffer.from("a plain picture").toString("base64");
  await waitUntil(() => eye.received.some(({ type }) => type === "timings"));
  eye.send({ ...picture("", 1), age: plain });
  await expect(recording).rejects.toMatchObject({ kind: "invalid" });
  expect(await readdir(pictureFolder(file))).toEqual([]);
});

test("pictures count for the limit of bytes", async () => {
  await using door = await openDoor();
  await using eye = await connectTestEye(door.paths);
  await using folder = await tempFolder();
  const file = join(folder.path, "x.trace.jsonl");
  const { recording, started } = recordingOf(door, file, { maxBytes: 40_000 });
  await started;
  await waitUntil(() => eye.received.some(({ type }) => type === "timings"));
  for (let n = 0; n < 6; n += 1) eye.send(picture("x".repeat(10_000), n));
  const { reason, bytes, pictureBytes, counts } = await recording;
  expect([reason, counts.picture]).toEqual(["full", 3]);
  expect(bytes + pictureBytes).toBeLessThanOrEqual(40_000);
  expect((await readdir(pictureFolder(file))).length).toBe(3);
});

test("a folder that is there is not written into", async () => {
  await using door = await openDoor();
  await using folder = await tempFolder();
  const file = join(folder.path, "x.trace.jsonl");
  await mkdir(pictureFolder(file));
  const { recording } = recordingOf(door, file);
  await expect(recording).rejects.toMatchObject({ kind: "denied", message: /already there/u });
  expect(await readdir(folder.path)).toEqual(["x.trace.jsonl.pictures"]);
});

/** A trace that names these pictures, and their folder. */
async function savedPictures(folder: string, texts: readonly string[]) {
  const file = join(folder, "bug.trace.jsonl");
  const sealed = texts.map((text) => seal(Buffer.from(text), viewers));
  const moments = sealed.map((bytes, index): Moment => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return {
      type: "picture",
      atNs: index * 5e8,
      number: index + 1,
      sequence: index,
      bytes: bytes.length,
      sha256,
    };
  });
  await writeFile(file, traceOf(moments));
  await mkdir(pictureFolder(file));
  for (const [index, bytes] of sealed.entries())
    await writeFile(join(pictureFolder(file), pictureName(index + 1)), bytes);
  const [key, other] = [join(folder, "key.txt"), join(folder, "other.txt")];
  await writeFile(key, formatIdentityFile(viewer));
  await writeFile(other, formatIdentityFile(generateIdentity()));
  return { file, key, other, at: (number: number) => join(pictureFolder(file), pictureName(number)) };
}

test("another key opens nothing and leaves nothing", async () => {
  await using folder = await tempFolder();
  const { file, other } = await savedPictures(folder.path, ["one"]);
  const out = join(folder.path, "out");
  expect(await sill(`hal pictures ${file} --identity ${other} --out ${out}`)).toMatchObject({
    code: 4,
    err: expect.stringContaining("this identity does not open 000001.jpg.age"),
  });
  expect(await readdir(folder.path)).not.toContain("out");
});

test("a picture that is missing is told, one that was changed is not opened", async () => {
  await using folder = await tempFolder();
  const { file, key, at } = await savedPictures(folder.path, ["one", "two"]);
  await rm(at(1));
  expect(await sill(`hal pictures ${file} --identity ${key} --out ${folder.path}/a`)).toMatchObject({
    code: 0,
    out: expect.stringContaining("Wrote 1 pictures"),
    err: expect.stringContaining("1 pictures of the trace are not in"),
  });
  await writeFile(at(2), seal(Buffer.from("two"), viewers)); // the same picture, sealed anew, is another file
  expect(await sill(`hal pictures ${file} --identity ${key} --out ${folder.path}/b`)).toMatchObject({
    code: 8,
    err: expect.stringContaining("000002.jpg.age is not the picture that was recorded with the trace"),
  });
});

test("the trace alone is whole: it replays the same without its pictures", async () => {
  await using folder = await tempFolder();
  const { file, key } = await savedPictures(folder.path, ["one", "two"]);
  const beside = await sill(`hal replay ${file}`);
  await rm(pictureFolder(file), { recursive: true });
  expect(await sill(`hal replay ${file}`)).toEqual(beside);
  expect(beside).toMatchObject({ code: 0, out: expect.stringContaining("pictures  2, masked and sealed") });
  expect(await sill(`hal pictures ${file} --identity ${key} --out ${folder.path}/c`)).toMatchObject({
    code: 3,
    err: expect.stringContaining("the 2 pictures of"),
  });
});

test("a trace without pictures says so", async () => {
  await using folder = await tempFolder();
  const { key } = await savedPictures(folder.path, []);
  const file = join(folder.path, "plain.trace.jsonl");
  await writeFile(file, traceOf([]));
  expect(await sill(`hal pictures ${file} --identity ${key} --out ${folder.path}/d`)).toMatchObject({
    code: 3,
    err: expect.stringContaining("was recorded without pictures"),
  });
  expect((await sill(`hal pictures ${file} --out ${folder.path}/d`)).code).toBe(2);
});
