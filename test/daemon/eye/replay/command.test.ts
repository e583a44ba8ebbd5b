import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { identityFile } from "../../../../daemon/eye/replay/output.ts";
import { recipientOf } from "../../../../daemon/seal/age/keys.ts";
import { formatIdentityFile } from "../../../../daemon/seal/identity-file.ts";
import { viewer } from "../../seal/viewer.ts";
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

test("clips are sealed to a key that lies beside them, or to whom the line says", async () => {
  const front = footage.path("front.mp4");
  const [own, named, mp4] = [footage.path("own"), footage.path("named"), footage.path("seen.mp4")];
  await sill(["replay", front, "--out", own]);
  await sill(["replay", front, "--out", named, "--seal-to", recipientOf(viewer).text]);
  const key = footage.path("key.txt");
  await writeFile(key, formatIdentityFile(viewer));
  expect(await readdir(own)).toEqual([identityFile, "replay-0002"]);
  expect(await readdir(named)).toEqual(["replay-0002"]);
  const save = (clips: string, identity: string, out: string) =>
    sill(["clips", "export", join(clips, "replay-0002"), "--identity", identity, "--out", out]);
  expect((await save(own, join(own, identityFile), mp4)).code).toBe(0);
  expect((await save(named, key, footage.path("named.mp4"))).code).toBe(0);
  expect((await save(named, join(own, identityFile), footage.path("not.mp4"))).code).toBe(4);
  expect((await readFile(mp4)).subarray(4, 8).toString()).toBe("ftyp");
});

test("a recipient that is none is refused before anything is written", async () => {
  const line = ["replay", footage.path("front.mp4"), "--out", footage.path("none"), "--seal-to", "me"];
  expect(await sill(line)).toMatchObject({ code: 2, err: expect.stringContaining("recipient") });
  await expect(readdir(footage.path("none"))).rejects.toThrow("ENOENT");
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
