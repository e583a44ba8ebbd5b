import { describe, expect, test } from "vitest";
import { checkGenerated } from "../../../scripts/check/generated.ts";
import { checkInstallScripts } from "../../../scripts/check/install-scripts.ts";
import { checkLeaks } from "../../../scripts/check/leaks.ts";
import { checkReadmes } from "../../../scripts/check/readmes.ts";
import { checkSummary } from "../../../scripts/check/report.ts";

describe("READMEs", () => {
  const readme = (path: string, lines = 3) => ({ path, text: "line\n".repeat(lines) });

  test("a folder without one is named, and so is the empty folder above it", () => {
    const findings = checkReadmes(["hal/sim/porch/a.ts", "hal/README.md"], [readme("hal/README.md")]);
    expect(findings.map(({ path }) => path)).toEqual(["hal/sim/README.md", "hal/sim/porch/README.md"]);
  });

  test("30 lines are enough, 31 are too many", () => {
    expect(checkReadmes(["hal/a.ts"], [readme("hal/README.md", 30)])).toEqual([]);
    expect(checkReadmes(["hal/a.ts"], [readme("hal/README.md", 31)])).toMatchObject([{ line: 31 }]);
  });

  test("mirrored test folders, hidden folders and pictures need none", () => {
    expect(
      checkReadmes(
        ["test/daemon/eye/a.test.ts", ".ci/run", "docs/images/page.png", "a.ts"],
        [readme("test/README.md"), readme("docs/README.md")],
      ),
    ).toEqual([]);
    expect(checkReadmes(["test/e2e/a.test.ts"], [readme("test/README.md")])).toHaveLength(1);
  });
});

describe("generated files", () => {
  const wanted = [{ path: "docs/settings.md", text: "a\nb\nc\n" }];

  test.each([
    [[], 1, "missing"],
    [[{ path: "docs/settings.md", text: "a\nx\nc\n" }], 2, "differs"],
    [[{ path: "docs/settings.md", text: "a\nb\nc\nd\n" }], 4, "differs"],
  ])("%j is a finding", (found, line, what) => {
    expect(checkGenerated(wanted, found)).toMatchObject([{ line, message: expect.stringContaining(what) }]);
  });

  test("the same text is none", () => {
    expect(checkGenerated(wanted, wanted)).toEqual([]);
  });
});

describe("leaks", () => {
  // put together here so that the checker does not find this file
  const at = (...words: string[]) => `/${words.join("/")}`;
  const joined = (...words: string[]) => words.join("");

  test.each([
    `see https://${["registry", "npmjs", "org"].join(".")}/koffi`,
    joined('"resolved": ', '"https', '://packages.example/koffi.tgz"'),
    joined("registry", "=http", "://127.0.0.1:4873"),
    `run ${at("home", "ann", "sill")}`,
    `"${at("root", "sill")}"`,
    `cd ${at("Users", "ann")}`,
  ])("%s", (line) => {
    expect(checkLeaks([{ path: "a.md", text: `first\n${line}\n` }])).toMatchObject([
      { path: "a.md", line: 2 },
    ]);
  });

  test.each(["/var/lib/sill", "./home/page.tsx", "https://example.org/home/page", "../root/x", "web/root/x"])(
    "not: %s",
    (text) => {
      expect(checkLeaks([{ path: "a.md", text }])).toEqual([]);
    },
  );
});

describe("install scripts", () => {
  const npmrc = "ignore-scripts=true\n";
  const manifest = '{"allowScripts": {"koffi": false}}';
  const lock = '{"packages": {"node_modules/koffi": {"hasInstallScript": true}, "node_modules/ws": {}}}';

  test("switched off and named is fine", () => {
    expect(checkInstallScripts({ npmrc, manifest, lock })).toEqual([]);
  });

  test.each([
    ["npmrc does not switch them off", { npmrc: "fund=false", manifest, lock }],
    ["one is let through", { npmrc, manifest: '{"allowScripts": {"koffi": true}}', lock }],
    ["one is not named", { npmrc, manifest: "{}", lock }],
  ])("%s", (_, texts) => {
    expect(checkInstallScripts(texts)).toHaveLength(1);
  });
});

test("the summary names every check and ends with the count", () => {
  const summary = checkSummary([
    { name: "types", tookMs: 1_234, problems: [] },
    { name: "lint", tookMs: 10, problems: ["a.ts:1: no\nmore"] },
  ]);
  expect(summary.split("\n")).toEqual([
    "ok      types  1.2 s",
    "FAILED  lint   0.0 s",
    "",
    "lint:",
    "  a.ts:1: no",
    "  more",
    "",
    "1 checks passed, 1 failed",
  ]);
});
