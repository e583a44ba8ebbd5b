/** The hunt's tables are whole: what can leave, or hold a picture, is what they say, and nothing else. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { noticeSchema } from "../../daemon/wire/api.ts";
import { controlLineSchema } from "../../daemon/wire/control.ts";
import { liveKinds } from "../../daemon/wire/live.ts";
import {
  courierToKeeperSchema,
  eyeToKeeperSchema,
  keeperToCourierSchema,
  keeperToEyeSchema,
} from "../../daemon/wire/messages.ts";
import { keeperToRtspSchema, rtspToKeeperSchema } from "../../daemon/wire/rtsp.ts";
import { repositoryPaths } from "../../scripts/check/files.ts";
import { freeDataIn } from "./free-data.ts";
import { pictureHolders } from "./inside.ts";
import { liveHunts, messageHunts } from "./messages.ts";

const root = join(import.meta.dirname, "../..");

const schemas = {
  "eye -> keeper": eyeToKeeperSchema,
  "keeper -> eye": keeperToEyeSchema,
  "courier -> keeper": courierToKeeperSchema,
  "keeper -> courier": keeperToCourierSchema,
  "rtsp -> keeper": rtspToKeeperSchema,
  "keeper -> rtsp": keeperToRtspSchema,
  "keeper -> page": noticeSchema,
  "keeper -> command": controlLineSchema,
};

test("every message of every schema is in the hunt, with every place that could hold a picture", () => {
  const found = Object.entries(schemas).flatMap(([way, { options }]) =>
    options.map((option) => [`${way}: ${option.shape.type.value}`, freeDataIn(option)] as const),
  );
  expect(Object.fromEntries(found)).toEqual(messageHunts);
});

test("every kind of live unit is in the hunt", () => {
  expect(Object.keys(liveKinds)).toEqual(liveHunts);
});

test("every file that can hold a picture is in the hunt", async () => {
  const paths = (await repositoryPaths(root)).filter(
    (path) =>
      /^(?:daemon|models|hal)\/.*\.ts$/u.test(path) && !/^hal\/(?:sim\/|replay\/|frame\.ts)/u.test(path),
  );
  const naming = await Promise.all(
    paths.map(async (path) => {
      const code = (await readFile(join(root, path), "utf8")).replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gmu, "");
      const pictures = path.startsWith("hal/")
        ? /\bMaskedFrame\b/u
        : /\b(?:MaskedFrame|RawFrame|I420|FrameMemory)\b/u;
      return pictures.test(code) ? path : null;
    }),
  );
  expect(naming.filter((path) => path !== null)).toEqual(Object.keys(pictureHolders).sort());
});

test.each([
  ["a text without a bound", z.object({ a: z.object({ b: z.string() }) }), ["a.b"]],
  ["a long text", z.object({ a: z.string().max(5_000) }), ["a"]],
  ["a name", z.object({ a: z.string().max(40), b: z.enum(["x"]), c: z.literal("y") }), []],
  ["an id", z.object({ a: z.string().regex(/^[0-9a-z-]{8,40}$/u) }), []],
  ["a pattern without an end", z.object({ a: z.string().regex(/^[a-z]+$/u) }), ["a"]],
  ["an endless list of numbers", z.object({ a: z.array(z.number()) }), ["a[*]"]],
  ["a short list of texts", z.object({ a: z.array(z.string()).max(4) }), ["a[]"]],
  ["anything", z.object({ a: z.unknown(), b: z.any().optional() }), ["a?", "b?"]],
  ["a text or nothing", z.object({ a: z.string().nullable(), b: z.string().optional() }), ["a", "b"]],
  ["numbers", z.object({ a: z.number(), b: z.int().nullable(), c: z.boolean() }), []],
  ["a choice", z.object({ a: z.union([z.number(), z.object({ b: z.string() })]) }), ["a.b"]],
  ["a dictionary", z.object({ a: z.record(z.string(), z.number()) }), ["a?"]],
])("%s is told from what holds too little", (_what, schema, places) => {
  expect(freeDataIn(schema)).toEqual(places);
});
