import { describe, expect, test } from "vitest";
import { checkCycles } from "../../../scripts/check/cycles.ts";
import { checkDirections } from "../../../scripts/check/directions.ts";
import { parseSource } from "../../../scripts/check/source.ts";
import { sources } from "./sources.ts";

describe("what counts as an import", () => {
  test.each([
    ['import { a } from "./b.ts";', "hal/b.ts"],
    ['import type { A } from "../config/b.ts";', "config/b.ts"],
    ['import "./b.ts";', "hal/b.ts"],
    ['export * from "./b.ts";', "hal/b.ts"],
    ['export { a } from "./b.ts";', "hal/b.ts"],
    ['const b = await import("./b.ts");', "hal/b.ts"],
    ['type B = import("./b.ts").B;', "hal/b.ts"],
    ['import { b } from "node:fs";', "node:fs"],
  ])("%s", (text, target) => {
    expect(parseSource({ path: "hal/a.ts", text }).imports.map((each) => each.target)).toEqual([target]);
  });

  test.each(['// import "./b.ts"', "const text = \"import x from './b.ts'\";", "export const a = 1;"])(
    "not: %s",
    (text) => {
      expect(parseSource({ path: "hal/a.ts", text }).imports).toEqual([]);
    },
  );

  test("a file that is not TypeScript is named", () => {
    expect(() => parseSource({ path: "hal/a.ts", text: "const = 1" })).toThrow("hal/a.ts");
  });
});

describe("directions", () => {
  const from = (path: string, target: string) =>
    checkDirections(sources({ [path]: `\nimport "${target}";` }));

  test.each([
    ["hal/a.ts", "../config/load.ts", "hal must not import config"],
    ["config/a.ts", "../daemon/wire/api.ts", "config must not import daemon/wire"],
    ["models/a.ts", "../daemon/eye/run.ts", "models must not import daemon/eye"],
    ["daemon/eye/a.ts", "../keeper/run.ts", "daemon/eye must not import daemon/keeper"],
    ["daemon/keeper/store/a.ts", "../../eye/run.ts", "daemon/keeper must not import daemon/eye"],
    ["daemon/courier/a.ts", "../keeper/run.ts", "daemon/courier must not import daemon/keeper"],
    ["daemon/eye/a.ts", "../cli/main.ts", "daemon/eye must not import daemon"],
    ["daemon/wire/a.ts", "../eye/run.ts", "daemon/wire must not import daemon/eye"],
    ["daemon/seal/a.ts", "../../models/a.ts", "daemon/seal must not import models"],
    ["web/a.tsx", "../daemon/keeper/run.ts", "web must not import daemon/keeper"],
    ["daemon/main.ts", "../scripts/bench/main.ts", "daemon must not import scripts"],
    ["daemon/main.ts", "../test/door.ts", "daemon must not import test"],
    ["scripts/a.ts", "../test/door.ts", "scripts must not import test"],
  ])("%s may not import %s", (path, target, message) => {
    expect(from(path, target)).toEqual([{ path, line: 2, message: expect.stringContaining(message) }]);
  });

  test.each([
    ["config/a.ts", "../hal/fault.ts"],
    ["daemon/eye/a.ts", "../wire/api.ts"],
    ["daemon/eye/mask/a.ts", "../run.ts"],
    ["daemon/cli/a.ts", "../keeper/run.ts"],
    ["daemon/main.ts", "./wire/paths.ts"],
    ["web/state/a.ts", "../../daemon/wire/api.ts"],
    ["test/a.ts", "../daemon/eye/run.ts"],
    ["vitest.config.ts", "./daemon/main.ts"],
    ["hal/a.ts", "node:fs"],
  ])("%s may import %s", (path, target) => {
    expect(from(path, target)).toEqual([]);
  });
});

describe("cycles", () => {
  test("a ring of three is told once, whichever file is asked first", () => {
    const ring = {
      "hal/b.ts": 'import "./c.ts";',
      "hal/c.ts": 'import type {} from "./a.ts";',
      "hal/a.ts": 'import "./b.ts";',
    };
    expect(checkCycles(sources(ring))).toEqual([
      { path: "hal/a.ts", line: 1, message: "import cycle: hal/a.ts -> hal/b.ts -> hal/c.ts -> hal/a.ts" },
    ]);
  });

  test("a file that imports itself is a ring", () => {
    expect(checkCycles(sources({ "hal/a.ts": 'import "./a.ts";' }))).toHaveLength(1);
  });

  test("two ways to the same file are none", () => {
    const diamond = {
      "hal/a.ts": 'import "./b.ts"; import "./c.ts";',
      "hal/b.ts": 'import "./c.ts";',
      "hal/c.ts": "",
    };
    expect(checkCycles(sources(diamond))).toEqual([]);
  });

  test("two rings that share a file are both told", () => {
    const two = {
      "hal/a.ts": 'import "./b.ts"; import "./c.ts";',
      "hal/b.ts": 'import "./a.ts";',
      "hal/c.ts": 'import "./a.ts";',
    };
    expect(checkCycles(sources(two))).toHaveLength(2);
  });
});
