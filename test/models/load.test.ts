import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkFree, loadModel, thisMachineTakes } from "../../models/load.ts";
import { digestOf } from "../../models/digest.ts";
import { manifestText } from "../../models/manifest-file.ts";
import { files, manifestFor } from "./runner/models.ts";

const mb = 2 ** 20;
let own = "";

beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), "sill-load-"));
});
afterAll(() => rm(own, { recursive: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(own, path)), { recursive: true });
  await writeFile(join(own, path), content);
}

async function putModel(name: string, file: Uint8Array, changes: object = {}): Promise<void> {
  await put(`${name}/what.onnx`, file);
  await put(`${name}/manifest.json`, manifestText(manifestFor(files.honest(), { name, ...changes })));
}

const load = (name: string, limitBytes = mb) => loadModel(name, { own, limitBytes });

test("a model is its manifest, its file and which of its ends is what", async () => {
  await putModel("good", files.honest());
  const { manifest, bytes, inputs, outputs } = await load("good");
  expect(manifest.labels).toEqual(["person", "car", "leaf"]);
  expect(bytes).toEqual(files.honest());
  expect({ inputs, outputs }).toEqual({
    inputs: { picture: "picture", size: null },
    outputs: { main: "scores" },
  });
});

test.each<[string, () => Promise<void>, string, RegExp]>([
  ["that is not there", async () => {}, "not-found", /there is no model "bad"/u],
  ["whose manifest is none", () => put("bad/manifest.json", "{"), "invalid", /not JSON/u],
  [
    "whose file is missing",
    async () => {
      await putModel("bad", files.honest());
      await rm(join(own, "bad/what.onnx"));
    },
    "not-found",
    /what\.onnx/u,
  ],
  [
    "whose file was cut off",
    () => putModel("bad", files.honest().subarray(1)),
    "corrupt",
    /has \d+ bytes; its manifest says \d+/u,
  ],
  [
    "whose file is another of the same size",
    () =>
      putModel(
        "bad",
        files.honest().map((byte, at) => (at === 100 ? byte ^ 1 : byte)),
      ),
    "corrupt",
    /sha256 differs/u,
  ],
  [
    "with a label too many",
    () => putModel("bad", files.honest(), { labels: ["a", "b", "c", "d"], map: { a: "person" } }),
    "invalid",
    /labels/u,
  ],
  [
    "whose manifest is another's",
    () => putModel("bad", files.honest(), { name: "good" }),
    "invalid",
    /is the manifest of "good", not of "bad"/u,
  ],
  [
    "whose file is a pipe that nobody writes to",
    async () => {
      await putModel("bad", files.honest());
      await rm(join(own, "bad/what.onnx"));
      execFileSync("mkfifo", [join(own, "bad/what.onnx")]);
    },
    "invalid",
    /what\.onnx is not a file/u,
  ],
  [
    "whose file is a folder",
    async () => {
      await putModel("bad", files.honest());
      await rm(join(own, "bad/what.onnx"));
      await mkdir(join(own, "bad/what.onnx"));
    },
    "invalid",
    /what\.onnx/u,
  ],
])("a model %s is refused", async (_, make, kind, message) => {
  await rm(join(own, "bad"), { recursive: true, force: true });
  await make();
  await expect(load("bad")).rejects.toMatchObject({
    kind,
    message: expect.stringMatching(message),
    hint: expect.any(String),
  });
});

test("a model that is too large for this machine is refused before it is read", async () => {
  await putModel("large", new Uint8Array(0), { bytes: 200 * mb });
  await rm(join(own, "large/what.onnx"));
  const { open } = await import("node:fs/promises");
  const file = await open(join(own, "large/what.onnx"), "w");
  await file.truncate(200 * mb); // of nothing: no disk is needed
  await file.close();
  await expect(load("large", 60 * mb)).rejects.toMatchObject({
    kind: "exhausted",
    message: "what.onnx has 200 MB; this machine takes at most 60 MB",
  });
});

test("what this machine takes follows from its memory, and the limits above us", async () => {
  const root = await mkdtemp(join(own, "root-"));
  const says = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const takes = (): number => thisMachineTakes(`${root}/`) / mb;
  await says("proc/meminfo", "MemTotal:  1048576 kB\nMemFree:  1 kB\nMemAvailable:  819200 kB\n");
  expect(takes()).toBe(64); // a board of 1 GB
  await says("proc/self/cgroup", "0::/sill.slice/sill-eye.service\n");
  await says("sys/fs/cgroup/sill.slice/memory.max", "max\n");
  await says("sys/fs/cgroup/sill.slice/sill-eye.service/memory.max", `${512 * mb}\n`);
  expect(takes()).toBe(32);
  await says("sys/fs/cgroup/memory.max", `${256 * mb}\n`);
  expect(takes()).toBe(16);
});

test("what has no room just now is not refused, and says what is free", () => {
  const model = { file: "what.onnx", bytes: 10 * mb };
  expect(() => checkFree(model, 40 * mb)).not.toThrow();
  expect(() => checkFree(model, 20.5 * mb)).toThrow(
    expect.objectContaining({
      kind: "unavailable",
      message: "what.onnx needs 40 MB to be read; 20 MB are free now",
    }),
  );
});

test("a digest in parts is that of the whole", async () => {
  const bytes = Uint8Array.from({ length: 2.5 * mb }, (_, at) => at % 251);
  for (const each of [bytes, bytes.subarray(0, mb), new Uint8Array(0)])
    expect(await digestOf(each)).toBe(createHash("sha256").update(each).digest("hex"));
});
