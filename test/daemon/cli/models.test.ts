import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { porchFrame } from "../../../daemon/cli/models/porch-frame.ts";
import { manifestText } from "../../../models/manifest-file.ts";
import { files, manifestFor, side } from "../../models/runner/models.ts";
import { initializer, writeOnnx } from "../../models/onnx/writer.ts";
import { sill as run, type Printed } from "./command-line.ts";

const yolox = join(import.meta.dirname, "../../../../shared/models/yolox_nano.onnx");
let data = "";
let outside = "";
/** Nothing that answers at all takes so long. */
const sill = (...words: string[]): Promise<Printed> =>
  run([...words, `--data=${data}`, "--what.timeoutMs=60000", "--what.memoryMb=1024"]);

beforeAll(async () => {
  [data, outside] = (await Promise.all(
    ["data", "outside"].map((name) => mkdtemp(join(tmpdir(), `sill-models-${name}-`))),
  )) as [string, string];
});
afterAll(() => Promise.all([data, outside].map((folder) => rm(folder, { recursive: true }))));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(outside, name);
  await writeFile(path, content);
  return path;
}

/** One box in the middle, of its first label, whatever the picture: rows of x, y, w, h, objectness, two labels. */
function middleBox(): Uint8Array {
  return writeOnnx({
    inputs: [{ name: "images", dims: [1, 3, side, side] }],
    outputs: [{ name: "output", dims: [1, 1, 7] }],
    nodes: [
      { op: "GlobalAveragePool", inputs: ["images"], outputs: ["means"] },
      { op: "ReduceMean", inputs: ["means"], outputs: ["mean"] },
      { op: "Sub", inputs: ["mean", "mean"], outputs: ["nothing"] },
      { op: "Reshape", inputs: ["nothing", "one"], outputs: ["zero"] },
      { op: "Add", inputs: ["zero", "answer"], outputs: ["output"] },
    ],
    initializers: [
      initializer("answer", [1, 1, 7], [4, 4, 4, 4, 0.9, 1, 0]),
      initializer("one", [3], BigInt64Array.of(1n, 1n, 1n)),
    ],
  });
}

test("the porch that every model is shown has somebody on it, always the same", () => {
  const [one, two] = [porchFrame(), porchFrame()];
  expect(one.region[3]).toBeGreaterThan(one.frame.height / 4);
  expect(one.region).toEqual(two.region);
  expect(Buffer.compare(one.frame.y.data, two.frame.y.data)).toBe(0);
});

describe("a model of one's own:", () => {
  test("is added whole, listed, checked, measured and removed", { timeout: 180_000 }, async () => {
    const file = await put("Middle_Box.onnx", middleBox());
    const labels = await put("labels.txt", "person\nlorry-with-a-trailer\n");
    const words = [
      "--like=yolov5",
      `--labels=${labels}`,
      "--map=lorry-with-a-trailer=vehicle",
      "--licence=CC0-1.0",
    ];
    const added = await sill("models", "add", file, ...words);
    expect(added).toMatchObject({ code: 0, err: "" });
    expect(added.out).toMatch(/^Added middle-box:$/mu);
    expect(added.out).toMatch(/says +person, vehicle, of the whole picture/u);
    expect(added.out).toMatch(/person 0\.90 at /u);
    expect(added.out).toMatch(/^It is used once what\.model is middle-box and Sill was restarted\.$/mu);
    expect(added.out.split("\n").filter((line) => line.length > 80)).toEqual([]);

    const folder = join(data, "models/middle-box");
    expect((await readdir(join(data, "models"))).concat(await readdir(folder))).toEqual([
      "middle-box",
      "manifest.json",
      "model.onnx",
    ]);
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o644);
    expect(await readFile(join(folder, "model.onnx"))).toEqual(Buffer.from(middleBox()));

    const list = JSON.parse((await sill("models", "list", "--json", "--what.model=middle-box")).out);
    expect(list).toContainEqual({
      name: "middle-box",
      used: true,
      says: ["person", "vehicle"],
      bytes: middleBox().length,
      licence: "CC0-1.0",
      problem: null,
    });
    expect((await sill("models", "list")).out).toMatch(/^middle-box +person, vehicle +\S+ k?B +CC0-1\.0$/mu);

    expect(await sill("models", "add", file, ...words)).toMatchObject({
      code: expect.any(Number),
      err: expect.stringMatching(/there is a model "middle-box" already/u),
    });
    const checked = JSON.parse((await sill("models", "check", "middle-box", "--json")).out);
    expect(checked).toMatchObject({
      name: "middle-box",
      porch: [{ label: "person", score: expect.closeTo(0.9, 5) }],
    });
    expect((await sill("models", "check", join(folder, "model.onnx"))).out).toMatch(
      /^middle-box is in order:$/mu,
    );
    const bench = await sill("models", "bench", "middle-box", "--runs=3");
    expect(bench).toMatchObject({
      code: 0,
      out: expect.stringMatching(/% of a core while something moves/u),
    });
    expect(bench.out.split("\n").filter((line) => line.length > 80)).toEqual([]);

    expect((await sill("models", "remove", "middle-box", "--what.model=middle-box")).err).toMatch(/is used/u);
    expect(await sill("models", "remove", "middle-box")).toMatchObject({
      code: 0,
      out: "Removed middle-box.",
    });
    expect(await readdir(join(data, "models"))).toEqual([]);
  });

  test("comes with a manifest where it is of no known family", { timeout: 120_000 }, async () => {
    const file = await put("colours.onnx", files.honest());
    const manifest = await put(
      "colours.json",
      manifestText(manifestFor(files.honest(), { name: "colours" })),
    );
    expect(await sill("models", "add", file, `--manifest=${manifest}`)).toMatchObject({ code: 0 });
    expect(existsSync(join(data, "models/colours/what.onnx"))).toBe(true);
    expect((await sill("models", "remove", "colours")).code).toBe(0);
  });

  test.each<[string, () => Promise<string[]>, RegExp]>([
    [
      "a file that is none",
      async () => [await put("page.onnx", "<!DOCTYPE html>"), "--like=yolox"],
      /web page/u,
    ],
    ["a file that is not there", async () => [join(outside, "no.onnx"), "--like=yolox"], /no\.onnx/u],
    ["no family", async () => [await put("a.onnx", middleBox())], /--like FAMILY or --manifest FILE/u],
    [
      "an unknown family",
      async () => [await put("a.onnx", middleBox()), "--like=yolo99"],
      /allowed: yolox, yolov5/u,
    ],
    ["another family", async () => [await put("a.onnx", middleBox()), "--like=ssd"], /sill: /u],
    [
      "labels that do not match",
      async () => [
        await put("a.onnx", middleBox()),
        "--like=yolov5",
        `--labels=${await put("l.txt", "person\n")}`,
      ],
      /labels/u,
    ],
    [
      "a map to nothing",
      async () => [await put("a.onnx", middleBox()), "--like=yolov5", "--map=a=burglar"],
      /--map "a=burglar"/u,
    ],
    [
      "a name that is Sill's",
      async () => [
        await put("a.onnx", files.honest()),
        `--manifest=${await put("m.json", manifestText(manifestFor(files.honest())))}`,
        "--name=off",
      ],
      /can be called "off"/u,
    ],
    [
      "a model that answers NaN",
      async () => [
        await put("a.onnx", files.nan()),
        `--manifest=${await put("m.json", manifestText(manifestFor(files.nan())))}`,
      ],
      /NaN/u,
    ],
    [
      "a model that wants gigabytes",
      async () => [
        await put("a.onnx", files.greedy()),
        `--manifest=${await put("m.json", manifestText(manifestFor(files.greedy())))}`,
      ],
      /memory/u,
    ],
  ])(
    "is refused with a reason, and nothing of it is kept: %s",
    { timeout: 120_000 },
    async (_, words, message) => {
      const { code, err } = await sill("models", "add", ...(await words()));
      expect(code).not.toBe(0);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/bug in Sill/u);
      expect(existsSync(join(data, "models")) ? await readdir(join(data, "models")) : []).toEqual([]);
    },
  );

  test.each(["../../etc", "/etc/passwd", "no-such-model"])("%s is no model", async (name) => {
    expect((await sill("models", "remove", "sill")).err).toMatch(/comes with Sill.*\n.*what\.model: off/u);
    for (const command of ["check", "bench", "remove"])
      expect(await sill("models", command, name)).toMatchObject({
        out: "",
        err: expect.stringMatching(/model/u),
        code: expect.any(Number),
      });
  });
});

/** Of nothing, but as long as that: no disk is needed. */
async function putHuge(name: string): Promise<string> {
  const path = await put(name, "");
  await truncate(path, 2 ** 40);
  return path;
}

describe("a file that cannot be read is refused in words of the file that was named:", () => {
  const refused = async (...words: string[]) => {
    const { code, err } = await sill("models", ...words);
    const [message = "", hint = ""] = err.split("\n");
    return { code, message, hint };
  };

  test("one that is too large", async () => {
    const path = await putHuge("huge.onnx");
    const { code, message, hint } = await refused("add", path, "--like=yolox");
    expect(message).toMatch(/huge\.onnx has 1048576 MB; this machine takes at most \d+ MB$/u);
    expect([code, hint]).toEqual([7, expect.stringContaining("take a smaller variant of the model")]);
  });

  test("one that is not there", async () => {
    const path = join(outside, "nosuch.onnx");
    for (const words of [
      ["add", path, "--like=yolox"],
      ["check", path],
      ["bench", path],
    ]) {
      const { code, message, hint } = await refused(...words);
      expect([code, message]).toEqual([3, `sill: there is no ${path}`]);
      expect(hint).not.toContain("models add");
    }
  });

  test("one without a manifest beside it", async () => {
    const path = await put("alone.onnx", middleBox());
    const { code, message, hint } = await refused("check", path);
    expect([code, message]).toEqual([3, `sill: ${path} has no manifest.json beside it`]);
    expect(hint).toBe(`hint: sill models add ${path} --like yolox writes one`);
  });

  test("labels and manifests too", async () => {
    const file = await put("alone.onnx", middleBox());
    expect((await refused("add", file, "--like=yolov5", "--labels=no.txt")).hint).toContain("one on a line");
    expect((await refused("add", file, "--manifest=no.json")).hint).toContain("that you wrote");
  });
});

describe("sill models list says why a model is not used:", () => {
  const own = (name: string): string => join(data, "models", name);
  async function keep(name: string, content: Uint8Array | null): Promise<void> {
    await mkdir(own(name), { recursive: true });
    await writeFile(
      join(own(name), "manifest.json"),
      manifestText(manifestFor(files.honest(), { name, licence: "CC0-1.0" })),
    );
    if (content !== null) await writeFile(join(own(name), "what.onnx"), content);
  }
  afterEach(() => rm(join(data, "models"), { recursive: true, force: true }));

  test("the one that is set is not there", async () => {
    const { code, out, err } = await sill("models", "list", "--what.model=gone");
    expect(code).toBe(0);
    expect(out).not.toContain("yes");
    expect(err).toBe('what.model is "gone": there is no such model, and none is used');
    for (const name of ["off", "sill"])
      expect((await sill("models", "list", `--what.model=${name}`)).err).toBe("");
  });

  test("its file or its manifest is missing, or is of another size", async () => {
    await keep("nofile", null);
    await keep("short", files.honest().subarray(1));
    await keep("whole", files.honest());
    await mkdir(own("bare"));
    const { err } = await sill("models", "list");
    expect(err.split("\n")).toEqual([
      "bare: there is no manifest.json in its folder",
      "nofile: there is no what.onnx in its folder",
      expect.stringMatching(/^short: what\.onnx has \d+ bytes; its manifest says \d+$/u),
    ]);
  });
});

test(
  "sill models check shows the whole licence, and calls ours as it is called",
  { timeout: 60_000 },
  async () => {
    const path = join(import.meta.dirname, "../../../models/shipped/sill-what.json");
    const { licence, trained } = JSON.parse(await readFile(path, "utf8"));
    const { code, out } = await sill("models", "check", "sill");
    expect(code).toBe(0);
    expect(out).toMatch(/^sill is in order:$/mu);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const text = out.replaceAll(/\s+/gu, " ");
    for (const whole of [licence, trained]) expect(text).toContain(whole);
    expect(JSON.parse((await sill("models", "check", "sill", "--json")).out)).toMatchObject({
      licence,
      trained,
    });
  },
);

test("a public detector finds who stands on the porch", { timeout: 180_000 }, async (context) => {
  if (!existsSync(yolox)) return context.skip("SKIPPED: ../shared/models/yolox_nano.onnx is not there");
  const { code, out, err } = await sill("models", "add", yolox, "--like=yolox", "--json");
  expect(code, err).toBe(0);
  expect(JSON.parse(out).porch).toContainEqual(expect.objectContaining({ label: "person" }));
  expect((await sill("models", "remove", "yolox-nano")).code).toBe(0);
});
