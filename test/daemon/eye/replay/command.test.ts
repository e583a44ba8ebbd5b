import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clip, h264, openFootage, type Footage } from "../../../hal/gst/footage.ts";
import { sill } from "../../cli/command-line.ts";

/** The same video in two folders, each with a press half a second in. */
const videos = ["front.mp4", "back/front.mp4"];
let footage: Footage;
beforeAll(async () => {
  footage = await openFootage();
  await mkdir(footage.path("back"));
  for (const video of videos) {
    const path = await footage.make(video, `${clip({ frames: 45 })} ! ${h264} ! mp4mux`);
    const press = '{"atMs":500,"line":"button","active":true}\n';
    await writeFile(`${path}.trace.jsonl`, `{"type":"trace","version":1}\n${press}`);
  }
});
afterAll(() => footage[Symbol.asyncDispose]());

const paths = () => videos.map((video) => footage.path(video));

test("videos of one name get a folder each under --out", async () => {
  const out = footage.path("apart");
  expect(await sill(["replay", ...paths(), "--out", out])).toMatchObject({ code: 0, err: "" });
  expect((await readdir(out)).sort()).toEqual(["front", "front-2"]);
});

test("clips of an earlier replay are neither overwritten nor mixed with", async () => {
  const line = ["replay", footage.path("front.mp4"), "--out", footage.path("once")];
  expect((await sill(line)).code).toBe(0);
  const before = await readdir(footage.path("once"), { recursive: true });
  expect(await sill(line)).toMatchObject({
    code: 4,
    out: "",
    err: expect.stringMatching(/already holds clips of a replay\nhint: /u),
  });
  expect(await readdir(footage.path("once"), { recursive: true })).toEqual(before);
});

test("a file where the output folder should be is named, and is no bug", async () => {
  const { code, err } = await sill(["replay", footage.path("front.mp4"), "--out", footage.path("front.mp4")]);
  expect(code).toBe(4);
  expect(err).toContain("cannot make the output folder");
  expect(err).not.toContain("bug");
});

test("a policy file that is not there or no policy is named", async () => {
  const policy = footage.path("line.json");
  const line = ["replay", footage.path("front.mp4"), "--policy", policy];
  expect(await sill(line)).toMatchObject({
    code: 3,
    err: expect.stringContaining(`no policy file ${policy}`),
  });
  await writeFile(policy, "{");
  expect(await sill(line)).toMatchObject({ code: 8, err: expect.stringContaining(policy) });
});

test("a trace that is none is named", async () => {
  const path = join(footage.path("back"), "front.mp4");
  await writeFile(`${path}.trace.jsonl`, "garbage\n");
  expect(await sill(["replay", path])).toMatchObject({
    code: 8,
    err: expect.stringContaining(`${path}.trace.jsonl`),
  });
});
