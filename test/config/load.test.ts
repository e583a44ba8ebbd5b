import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadSettings, readSettings, resolveSettings, type Resolved } from "../../config/load.ts";
import { originText } from "../../config/origin.ts";
import { problemText, withoutPassword } from "../../config/problem.ts";
import { settingsSchema } from "../../config/schema.ts";
import { splitFlags, type Environment } from "../../config/words.ts";
import { Fault } from "../../hal/fault.ts";

interface Said {
  readonly file?: string;
  readonly env?: Environment;
  readonly args?: readonly string[];
}

function resolved({ file, env = {}, args = [] }: Said): Resolved {
  const text = file === undefined ? null : { name: "sill.yaml", text: file };
  return resolveSettings({ file: text, env, flags: splitFlags(args).settings });
}

function settingsOf(said: Said) {
  const result = resolved(said);
  if (!result.ok) throw new Error(result.problems.map(problemText).join("\n"));
  return result;
}

function problemsOf(said: Said): string[] {
  const result = resolved(said);
  return result.ok ? [] : result.problems.map(problemText);
}

describe("sources", () => {
  test("with nothing said, every setting has its default", () => {
    expect(settingsOf({}).settings).toEqual(settingsSchema.parse({}));
  });

  test("flags win over variables, variables over the file, the file over defaults", () => {
    const file = "camera: { fps: 10, width: 640, height: 360 }";
    const env = { SILL_CAMERA_FPS: "11", SILL_CAMERA_WIDTH: "641" };
    const { settings, origins } = settingsOf({ file, env, args: ["--camera.fps=12"] });
    expect(settings.camera).toMatchObject({ fps: 12, width: 641, height: 360, stallMs: 4_000 });
    const from = (path: string) => originText(origins.get(path) ?? { kind: "default" });
    expect(["fps", "width", "height", "stallMs"].map((name) => from(`camera.${name}`))).toEqual([
      "--camera.fps",
      "SILL_CAMERA_WIDTH",
      "sill.yaml:1",
      "default",
    ]);
  });

  test.each([
    [{ SILL_RECORDING_PRE_ROLL_MAX_BYTES: "70000" }, ["recording", "preRollMaxBytes"], 70_000],
    [{ SILL_PORT: "9000" }, ["web", "port"], 9_000],
    [{ SILL_DATA: "/var/lib/sill" }, ["data"], "/var/lib/sill"],
    [{ SILL_CAMERA_LOOP: "false" }, ["camera", "loop"], false],
    [{ SILL_WEB_HOST: "1.5" }, ["web", "host"], "1.5"],
    [{ SILL_PORT: "" }, ["web", "port"], 8_460],
    [{ SILL_PORT: "1", SILL_WEB_PORT: "1" }, ["web", "port"], 1],
    [{ SILL_CONFIG: "x.yaml", SILL_SIM_EPOCH_MS: "5", HOME: "h" }, ["web", "port"], 8_460],
  ])("variable %j", (env, path, value) => {
    expect(settingsOf({ env }).settings).toHaveProperty(path, value);
  });

  test("a list is written as JSON in a variable or flag", () => {
    const zones = [
      {
        name: "path",
        polygon: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      },
    ];
    expect(settingsOf({ env: { SILL_MOTION_ZONES: JSON.stringify(zones) } }).settings.motion.zones).toEqual(
      zones,
    );
    expect(settingsOf({ args: [`--motion.zones=${JSON.stringify(zones)}`] }).settings.motion.zones).toEqual(
      zones,
    );
  });

  test.each([
    [["--camera.fps", "5", "file.mp4"], { fps: 5 }, ["file.mp4"]],
    [["--camera.fps=5", "--json"], { fps: 5 }, ["--json"]],
    [["--camera.loop", "file.mp4"], { loop: true }, ["file.mp4"]],
    [["--camera.loop", "false"], { loop: false }, []],
    [["--camera.fps=5", "--camera.fps=6"], { fps: 6 }, []],
    [["--", "--camera.fps=5"], { fps: 15 }, ["--", "--camera.fps=5"]],
  ])("flags %j", (args, camera, rest) => {
    expect(settingsOf({ args }).settings.camera).toMatchObject(camera);
    expect(splitFlags(args).rest).toEqual(rest);
  });

  test("a section with all its lines commented out says nothing", () => {
    expect(settingsOf({ file: "web:\n  # port: 1\n" }).settings.web.port).toBe(8_460);
    expect(settingsOf({ file: "" }).settings.web.port).toBe(8_460);
  });
});

describe("problems", () => {
  test.each<[string, Said, string]>([
    [
      "too large",
      { file: "web:\n  port: 70000" },
      "sill.yaml:2: web.port: 70000 is not allowed; allowed: a whole number from 0 to 65535",
    ],
    [
      "not whole",
      { file: "sim: { seed: 1.5 }" },
      "sill.yaml:1: sim.seed: 1.5 is not allowed; allowed: a whole number from 0 to 4294967295",
    ],
    [
      "wrong type",
      { file: "camera: { loop: yes }" },
      'sill.yaml:1: camera.loop: "yes" is not allowed; allowed: true or false',
    ],
    [
      "wrong word",
      { file: "log: { level: loud }" },
      'sill.yaml:1: log.level: "loud" is not allowed; allowed: debug, info, warn, error or silent',
    ],
    [
      "no section",
      { file: "web: 3" },
      "sill.yaml:1: web: 3 is not allowed; allowed: a section with host, port",
    ],
    [
      "a list at the top",
      { file: "- 1" },
      "sill.yaml: a list of 1 is not allowed; allowed: a section with data",
    ],
    [
      "a bare word at the top",
      { file: "hello" },
      'sill.yaml: "hello" is not allowed; allowed: a section with data',
    ],
    [
      "null where a value belongs",
      { file: "data:" },
      "sill.yaml:1: data: null is not allowed; allowed: a text that is not empty",
    ],
    [
      "mistyped key",
      { file: "web:\n  host: h\n  prot: 1" },
      "sill.yaml:3: web.prot: unknown setting; did you mean web.port?",
    ],
    ["key in no section", { file: "port: 1" }, "sill.yaml:1: port: unknown setting; did you mean web.port?"],
    ["key like nothing", { file: "xyzzyplugh: 1" }, "sill.yaml:1: xyzzyplugh: unknown setting"],
    ["prototype", { file: "__proto__: { port: 1 }" }, "sill.yaml:1: __proto__: unknown setting"],
    [
      "point outside the picture",
      { file: "motion: { zones: [{ name: a, polygon: [[0, 0], [1, 0], [1, 2]] }] }" },
      "sill.yaml:1: motion.zones[0].polygon[2][1]: 2 is not allowed; allowed: a number from 0 to 1",
    ],
    [
      "two corners",
      { file: "motion: { zones: [{ name: a, polygon: [[0, 0], [1, 0]] }] }" },
      "sill.yaml:1: motion.zones[0].polygon: a list of 2 is not allowed; allowed: a list of 3 to 256 points [x, y]",
    ],
    [
      "field missing",
      { file: "motion: { zones: [{ polygon: [[0, 0], [1, 0], [1, 1]] }] }" },
      "sill.yaml:1: motion.zones[0].name: is missing; allowed: a text of 1 to 40 characters",
    ],
    [
      "variable out of range",
      { env: { SILL_PORT: "-1" } },
      "SILL_PORT: web.port: -1 is not allowed; allowed: a whole number from 0 to 65535",
    ],
    [
      "variable not a number",
      { env: { SILL_PORT: "http" } },
      'SILL_PORT: web.port: "http" is not allowed; allowed: a whole number from 0 to 65535',
    ],
    ["unknown variable", { env: { SILL_PROT: "1" } }, "SILL_PROT: unknown variable; did you mean SILL_PORT?"],
    [
      "two names, two values",
      { env: { SILL_WEB_PORT: "1", SILL_PORT: "2" } },
      "SILL_PORT: web.port: SILL_WEB_PORT says something else; set only one of the two",
    ],
    [
      "list that is no JSON",
      { env: { SILL_MOTION_ZONES: "path" } },
      'SILL_MOTION_ZONES: motion.zones: "path" is not allowed; allowed: a list of at most 16 sections',
    ],
    ["unknown flag", { args: ["--web.prot=1"] }, "--web.prot: unknown setting; did you mean web.port?"],
    ["flag without value", { args: ["--web.port"] }, "--web.port: needs a value, as in --web.port=VALUE"],
    ["not YAML", { file: "web:\n  port: [1" }, "sill.yaml:2: not valid YAML at column 11: "],
    [
      "a key twice",
      { file: "data: a\ndata: b" },
      "sill.yaml:2: not valid YAML at column 1: map keys must be unique",
    ],
  ])("%s", (_, said, text) => {
    const problems = problemsOf(said);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(text);
  });

  test("all problems of all sources are told at once, even where another source overrides them", () => {
    const problems = problemsOf({
      file: "web: { port: -1, hots: x }\ncamera: { fps: 0 }",
      env: { SILL_PORT: "99999", SILL_X: "1" },
      args: ["--camera.fps=5", "--camera.width=1"],
    });
    const places = problems.map((text) => text.split(": ").slice(0, 2).join(" "));
    expect(places.toSorted()).toEqual([
      "--camera.width 1 is not allowed; allowed",
      "SILL_PORT web.port",
      "SILL_X unknown variable",
      "sill.yaml:1 web.hots",
      "sill.yaml:1 web.port",
      "sill.yaml:2 camera.fps",
    ]);
  });

  test("a password in an address is never repeated", () => {
    const [problem = ""] = problemsOf({ file: "camera: { width: 'rtsp://ann:secret@10.0.0.9/' }" });
    expect(problem).toContain("rtsp://***@10.0.0.9/");
    expect(problem).not.toContain("secret");
  });

  test.each(["ann:sec@ret", "ann:sec/ret", 'ann:sec"ret', "ann:sec ret"])(
    "not even one with odd letters in it: %s",
    (user) => {
      expect(withoutPassword(`rtsp://${user}@10.0.0.9/live`)).toBe("rtsp://***@10.0.0.9/live");
    },
  );

  test("two documents in one file are refused in words for people", () => {
    expect(problemsOf({ file: "web: { port: 1 }\n---\nweb: { port: 2 }" })).toEqual([
      "sill.yaml:2: not valid YAML at column 1: a second document begins here; one file holds one",
    ]);
  });

  test("a list that unfolds without end, and absurd nesting, are refused", () => {
    const bomb = ["a: &a [1,1,1,1,1,1,1,1,1,1]"];
    for (const [name, before] of ["ba", "cb", "dc", "ed", "fe"].map((pair) => pair.split(""))) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(",")}]`);
    }
    expect(problemsOf({ file: bomb.join("\n") })).toEqual([expect.stringContaining("not a settings file")]);
    const nested = problemsOf({ file: `data: ${"[".repeat(5_000)}` });
    expect(nested.length).toBeGreaterThan(0);
    expect(nested.length).toBeLessThan(4);
    expect(problemsOf({ file: "data: *nowhere" })).toHaveLength(1);
  });
});

describe("the file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sill-config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const portOf = (args: readonly string[], env: Environment = {}) =>
    loadSettings({ args, env, cwd: folder }).settings.web.port;
  const faultOf = (args: readonly string[]): unknown => {
    try {
      return readSettings({ args, env: {}, cwd: folder });
    } catch (error) {
      return error;
    }
  };

  test("--config comes before SILL_CONFIG, which comes before ./sill.yaml", () => {
    write("sill.yaml", "web: { port: 1 }");
    write("b.yaml", "web: { port: 2 }");
    write("c.yaml", "web: { port: 3 }");
    expect(portOf([])).toBe(1);
    expect(portOf([], { SILL_CONFIG: "b.yaml" })).toBe(2);
    expect(portOf(["--config", "c.yaml"], { SILL_CONFIG: "b.yaml" })).toBe(3);
  });

  test("a file that was named and is not there is an error with a hint", () => {
    expect(portOf([])).toBe(8_460);
    expect(faultOf(["--config=gone.yaml"])).toMatchObject({
      kind: "not-found",
      hint: expect.stringContaining("sill config example"),
    });
  });

  test("a folder, an absurdly large file and no name are refused", () => {
    write("large.yaml", "#".repeat(1024 * 1024 + 1));
    expect(faultOf(["--config=."])).toMatchObject({ kind: "invalid" });
    expect(faultOf(["--config=large.yaml"])).toMatchObject({ kind: "invalid" });
    expect(faultOf(["--config"])).toMatchObject({ kind: "invalid" });
  });

  test("loading throws one Fault that lists every problem", () => {
    write("sill.yaml", "web: { port: -1 }\nprot: 2");
    let fault: unknown;
    try {
      portOf([]);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/^2 wrong settings:\n {2}sill.yaml:1/u),
    });
  });
});

test("a motion rule for a zone that is not there is refused; where none is drawn there is everywhere", () => {
  const rules = (zone: string): string => `motion:\n  rules:\n    - zone: ${zone}\n      sensitivity: 30\n`;
  expect(problemsOf({ file: rules("gate") })).toEqual([
    'sill.yaml:3: motion.rules[0].zone: "gate" is not allowed; allowed: the name of a zone: everywhere',
  ]);
  expect(settingsOf({ file: rules("everywhere") }).settings.motion.rules).toEqual([
    { zone: "everywhere", sensitivity: 30 },
  ]);
});
