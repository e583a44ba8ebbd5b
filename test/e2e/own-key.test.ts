import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { wordsOf } from "../../daemon/identity/words.ts";
import { clipFolder } from "../../daemon/wire/paths.ts";
import { run, type Run } from "../../scripts/rigs/sill.ts";
import { startEye } from "../daemon/eye/eye-process.ts";
import { tempFolder } from "../daemon/keeper/temp-folder.ts";

const ring = { type: "record", event: "ring-0001", kind: "ring", wallMs: 0 } as const;
/** Of the rig's owner. */
const words = wordsOf(new Uint8Array(32).fill(1)).join(" ");
const launcher = join(import.meta.dirname, "..", "..", "sill");

async function recordClip(into: string): Promise<void> {
  await using eye = await startEye();
  await eye.hears("eye-status", ({ camera }) => camera.state === "running");
  eye.send(ring);
  const { clip, startWallMs } = await eye.hears("clip-opened");
  await eye.hears("clip-closed");
  await cp(clipFolder(eye.paths, clip, startWallMs), into, { recursive: true });
}

async function identityOf(typed: string, out: string): Promise<number | null> {
  const child = spawn(launcher, ["identity", "--out", out], { stdio: ["pipe", "ignore", "pipe"] });
  const gone = once(child, "exit");
  child.stdin.end(typed);
  await text(child.stderr);
  await gone;
  return child.exitCode;
}

/** Frames that a video's decoder gives. */
async function framesIn(video: string): Promise<number> {
  const probe =
    "ffprobe -v error -select_streams v -count_frames -show_entries stream=nb_read_frames -of csv=p=0";
  const { code, stdout, stderr } = await run([...probe.split(" "), video]);
  expect([code, stderr]).toEqual([0, ""]);
  return Number.parseInt(stdout, 10);
}

test("with the recovery words, age and cat a clip is a video again; with other words it stays shut", async (context) => {
  if (spawnSync("age", ["--version"]).error !== undefined)
    return context.skip("SKIPPED: age is not installed (apt-get install age)");
  await using folder = await tempFolder();
  const clip = join(folder.path, "clip");
  await recordClip(clip);
  const [mine, theirs] = [join(folder.path, "key.txt"), join(folder.path, "other.txt")];
  expect(await identityOf(words, mine)).toBe(0);
  expect(await identityOf(wordsOf(new Uint8Array(32).fill(2)).join(" "), theirs)).toBe(0);

  const byAge = (key: string, out: string): Promise<Run> =>
    run([
      "sh",
      "-ec",
      `cd '${clip}'; for part in init.mp4.age 0*.m4s.age; do age -d -i '${key}' "$part"; done > '${out}'`,
    ]);
  const [video, saved] = [join(folder.path, "by-age.mp4"), join(folder.path, "by-sill.mp4")];
  expect(await byAge(mine, video)).toMatchObject({ code: 0, stderr: "" });
  expect(await framesIn(video)).toBeGreaterThan(10);
  expect(await byAge(theirs, join(folder.path, "none.mp4"))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no identity"),
  });
  const { code } = await run([launcher, "clips", "export", clip, "--identity", mine, "--out", saved]);
  expect([code, await run(["cmp", saved, video])]).toMatchObject([0, { code: 0 }]);
});

test("the words never stand on a command line: they are read from standard input alone", async () => {
  await using folder = await tempFolder();
  const { code, stderr } = await run([
    launcher,
    "identity",
    ...words.split(" "),
    "--out",
    join(folder.path, "k"),
  ]);
  expect([code, await readdir(folder.path)]).toEqual([2, []]);
  expect(stderr).not.toContain(words.split(" ").slice(0, 3).join(" "));
});
