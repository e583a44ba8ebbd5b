import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rasteriseOpening } from "../../daemon/policy/opening.ts";
import type { EventLine, ReplayLine, SummaryLine } from "../../daemon/eye/replay/lines.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import { identityFile } from "../../daemon/eye/replay/output.ts";
import { parseIdentities } from "../../daemon/seal/age/keys.ts";
import { open } from "../../daemon/seal/age/seal.ts";
import { renderPorchClip } from "../../scripts/bench/clip.ts";
import { openBrowser } from "../../scripts/rigs/browser.ts";
import { jsonLines, run, sill } from "../../scripts/rigs/sill.ts";

let folder = "";
let porch = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sill-replay-"));
  porch = join(folder, "porch.mp4");
  await renderPorchClip(porch, { width: 640, height: 360, frames: 450 });
});
afterAll(() => rm(folder, { recursive: true }));

async function replay(file: string, ...flags: string[]): Promise<ReplayLine[]> {
  const { code, stdout, stderr } = await sill(["replay", file, "--json", ...flags]);
  expect([code, stderr]).toEqual([0, ""]);
  return jsonLines<ReplayLine>(stdout);
}
const eventsOf = (lines: readonly ReplayLine[]) =>
  lines.filter((line): line is EventLine => line.type === "event");
const summaryOf = (lines: readonly ReplayLine[]) =>
  lines.find((line): line is SummaryLine => line.type === "summary");

describe("sill replay of the porch", () => {
  test("finds the visitor, drops nothing and says so", async () => {
    const lines = await replay(porch);
    expect(eventsOf(lines)[0]).toMatchObject({ kind: "motion" });
    expect(summaryOf(lines)).toMatchObject({ frames: 450, durationMs: 30_000, dropped: 0 });
  });

  test("prints identical events and frames twice, with clips written or not", async () => {
    const first = await replay(porch, "--frames");
    const second = await replay(porch, "--frames", "--out", join(folder, "twice"));
    const steady = (lines: readonly ReplayLine[]) => lines.filter((line) => line.type !== "summary");
    expect(first.filter((line) => line.type === "frame")).toHaveLength(450);
    expect(steady(second)).toEqual(steady(first));
  });

  test("writes the same clips twice, each sealed with keys of its own", async () => {
    const [a, b] = [join(folder, "a"), join(folder, "b")];
    await replay(porch, "--out", a);
    await replay(porch, "--out", b);
    const names = (await readdir(a, { recursive: true })).sort();
    expect(names.filter((name) => name.endsWith(".m4s.age")).length).toBeGreaterThan(2);
    expect((await readdir(b, { recursive: true })).sort()).toEqual(names);
    for (const name of names.filter((each) => /\.(m4s|mp4)\.age$/.test(each))) {
      expect(await opened(b, name)).toEqual(await opened(a, name));
      expect(await readFile(join(b, name))).not.toEqual(await readFile(join(a, name)));
    }
  });

  test("with a policy that masks everything sees nothing", async () => {
    const policy = join(folder, "closed.json");
    const corner: MaskShape["propertyLine"] = [
      [0, 0],
      [0.0001, 0],
      [0, 0.0001],
    ];
    await writeFile(policy, JSON.stringify({ propertyLine: corner, privacyZones: [] }));
    expect(eventsOf(await replay(porch, "--policy", policy))).toEqual([]);
  });
});

describe("a policy that is", () => {
  test.each([
    ["missing", null, 3, "no policy file"],
    ["not JSON", "{", 8, "not JSON"],
    ["not a policy", '{"propertyLine": [[0, 0], [2, 0], [0, 1]]}', 2, "propertyLine: corner 2"],
  ])("%s ends a replay before its first frame, with words", async (_name, content, exitCode, words) => {
    const policy = join(folder, "policy-of-a-test.json");
    if (content === null) await rm(policy, { force: true });
    else await writeFile(policy, content);
    const { code, stdout, stderr } = await sill(["replay", porch, "--json", "--policy", policy]);
    expect([code, stdout]).toEqual([exitCode, ""]);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });
});

describe("a video that is not one", () => {
  test.each([
    ["an empty file", "", 65],
    ["a text file", "this is not a video\n".repeat(50), 65],
  ])("%s is a clear error", async (_name, content) => {
    const path = join(folder, "broken.mp4");
    await writeFile(path, content);
    const { code, stdout, stderr } = await sill(["replay", path, "--json"]);
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^sill: .*broken\.mp4/);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test("a truncated one gives what it holds or a clear error, never a crash", async () => {
    const whole = await readFile(porch);
    const path = join(folder, "cut.mp4");
    await writeFile(path, whole.subarray(0, Math.floor(whole.length / 2)));
    const { code, stdout, stderr } = await sill(["replay", path, "--json"]);
    if (code === 0) expect(summaryOf(jsonLines<ReplayLine>(stdout))?.frames).toBeGreaterThan(50);
    else expect(stderr).toMatch(/^sill: /);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test("a missing one is named", async () => {
    const { code, stderr } = await sill(["replay", join(folder, "none.mp4")]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain("none.mp4");
  });
});

const footage = join(import.meta.dirname, "..", "..", "..", "shared", "footage");
const present = existsSync(footage);
const line: MaskShape["propertyLine"] = [
  [0.1, 0.05],
  [0.95, 0.1],
  [0.9, 0.95],
  [0.5, 0.8],
  [0.05, 0.9],
];

describe.skipIf(!present)("real footage (needs ../shared/footage, skipped without it)", () => {
  test.each(["bicycle", "cars", "bgsvideo"])(
    "%s gives events and a clip that ffprobe reads, Chromium plays and whose masked pixels are constant",
    async (clip) => {
      const out = join(folder, clip);
      const policy = join(folder, `${clip}.policy.json`);
      await writeFile(policy, JSON.stringify({ propertyLine: line, privacyZones: [] }));
      const lines = await replay(join(footage, `${clip}.mp4`), "--policy", policy, "--out", out);
      expect(eventsOf(lines).length).toBeGreaterThan(0);
      const first = (await readdir(out)).sort().find((name) => name !== identityFile) ?? "";
      const video = join(out, `${clip}.mp4`);
      await saveClip(out, first, video);
      const { width, height } = await probe(video);
      await expectPlays(video, { width, height });
      await expectMaskedConstant(video, { propertyLine: line, privacyZones: [] }, { width, height });
    },
  );
});

async function opened(out: string, name: string): Promise<Buffer> {
  const identities = parseIdentities(await readFile(join(out, identityFile), "utf8"));
  return Buffer.from(open(await readFile(join(out, name)), identities));
}

async function saveClip(out: string, clip: string, video: string): Promise<void> {
  const identity = join(out, identityFile);
  const { code, stderr } = await sill([
    "clips",
    "export",
    join(out, clip),
    "--identity",
    identity,
    "--out",
    video,
  ]);
  expect([code, stderr]).toEqual([0, ""]);
}

async function probe(video: string): Promise<{ width: number; height: number }> {
  const { code, stdout } = await run([
    ..."ffprobe -v error -select_streams v -count_frames -show_entries stream=width,height,nb_read_frames,codec_name -of json".split(
      " ",
    ),
    video,
  ]);
  expect(code).toBe(0);
  const [stream] = (
    JSON.parse(stdout) as {
      streams: { width: number; height: number; codec_name: string; nb_read_frames: string }[];
    }
  ).streams;
  expect(stream?.codec_name).toBe("h264");
  expect(Number(stream?.nb_read_frames)).toBeGreaterThan(10);
  return { width: stream?.width ?? 0, height: stream?.height ?? 0 };
}

async function expectPlays(video: string, size: { width: number; height: number }): Promise<void> {
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(pathToFileURL(video).href);
  const played: unknown = await page.evaluate(`new Promise((resolve) => {
    const video = document.querySelector("video");
    video.muted = true;
    video.addEventListener("error", () => resolve(String(video.error?.message)));
    video.addEventListener("timeupdate", () => {
      if (video.currentTime > 0.4) resolve({ width: video.videoWidth, height: video.videoHeight });
    });
    void video.play();
  })`);
  expect(played).toEqual(size);
}

/** Macroblocks that are masked as a whole must decode to the mask's colour in every frame. */
async function expectMaskedConstant(
  video: string,
  policy: MaskShape,
  size: { width: number; height: number },
): Promise<void> {
  const raw = `${video}.yuv`;
  const { code } = await run([
    "ffmpeg",
    "-v",
    "error",
    "-y",
    "-i",
    video,
    "-f",
    "rawvideo",
    "-pix_fmt",
    "yuv420p",
    raw,
  ]);
  expect(code).toBe(0);
  const bytes = await readFile(raw);
  const { width, height } = size;
  const frameBytes = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  const blocks = maskedBlocks(policy, size);
  expect(blocks.length).toBeGreaterThan(20);
  let worst = 0;
  for (let start = 0; start + frameBytes <= bytes.length; start += frameBytes) {
    for (const [bx, by] of blocks) {
      for (let y = by; y < by + 16; y += 1) {
        for (let x = bx; x < bx + 16; x += 1)
          worst = Math.max(worst, Math.abs((bytes[start + y * width + x] ?? 0) - 16));
      }
    }
  }
  expect(worst).toBeLessThanOrEqual(2); // one step of the quantiser
}

/** 16x16 blocks at least one block away from every visible pixel (the deblocking filter's reach). */
function maskedBlocks(
  policy: MaskShape,
  { width, height }: { width: number; height: number },
): [number, number][] {
  const { luma } = rasteriseOpening({ width, height }, policy);
  const seen = new Set<string>();
  for (let y = 0; y < height; y += 1) {
    for (let i = luma.starts[y] ?? 0; i < (luma.starts[y + 1] ?? 0); i += 2) {
      for (let x = luma.spans[i] ?? 0; x < (luma.spans[i + 1] ?? 0); x += 1) seen.add(`${x >> 4},${y >> 4}`);
    }
  }
  const blocks: [number, number][] = [];
  for (let by = 0; by + 1 <= height >> 4; by += 1) {
    for (let bx = 0; bx + 1 <= width >> 4; bx += 1) {
      const near = [-1, 0, 1].some((dy) => [-1, 0, 1].some((dx) => seen.has(`${bx + dx},${by + dy}`)));
      if (!near) blocks.push([bx * 16, by * 16]);
    }
  }
  return blocks;
}
