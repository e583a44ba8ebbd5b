import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogue } from "../../../config/catalogue.ts";
import { exampleYaml } from "../../../config/generate.ts";
import { sill } from "./command-line.ts";

let cwd = "";
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "sill-cli-"));
  writeFileSync(
    join(cwd, "good.yaml"),
    "web: { port: 9000 }\ncamera: { source: 'rtsp://ann:secret@10.0.0.9/' }",
  );
  writeFileSync(join(cwd, "bad.yaml"), "web:\n  port: -1\n  hots: x");
});
afterAll(() => rmSync(cwd, { recursive: true }));

test("check says that settings are fine, and which file it read", async () => {
  expect(await sill("config check", { cwd })).toEqual({
    code: 0,
    out: "Settings are fine (no settings file).",
    err: "",
  });
  expect((await sill("config check good.yaml", { cwd })).out).toBe("Settings are fine (good.yaml).");
});

test("check lists every problem and ends with code 2", async () => {
  const { code, out, err } = await sill("config check --config bad.yaml", { cwd });
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("sill: 2 wrong settings:\n  bad.yaml:2: web.port: -1");
  expect(err).toContain("bad.yaml:3: web.hots: unknown setting; did you mean web.host?");
});

test("check --json prints problems as data on stdout", async () => {
  const { code, out } = await sill("config check bad.yaml --json", { cwd });
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    file: "bad.yaml",
    problems: [{ path: "web.port", origin: { kind: "file", line: 2 } }, { path: "web.hots" }],
  });
});

test("show says where each value came from and hides passwords", async () => {
  const { out } = await sill("config show --config good.yaml --web.host=::1", {
    cwd,
    env: { SILL_CAMERA_FPS: "5" },
  });
  expect(out).toMatch(/^web\.port +9000 +good\.yaml:1$/mu);
  expect(out).toMatch(/^web\.host +::1 +--web\.host$/mu);
  expect(out).toMatch(/^camera\.fps +5 +SILL_CAMERA_FPS$/mu);
  expect(out).toMatch(/^camera\.width +1280 +default$/mu);
  expect(out).toContain("rtsp://***@10.0.0.9/");
  expect(out).not.toContain("secret");
  expect(out).not.toMatch(/ $/mu);
});

test("show takes a section, and knows a mistyped one", async () => {
  const { out } = await sill("config show web --json", { cwd });
  const shown = JSON.parse(out) as { path: string }[];
  expect(shown.map(({ path }) => path)).toEqual(
    ["host", "port", "metricsToken", "certificateFile", "keyFile"].map((name) => `web.${name}`),
  );
  expect(await sill("config show wbe", { cwd })).toMatchObject({
    code: 3,
    err: expect.stringContaining("did you mean web?"),
  });
});

test("example prints a file that loads", async () => {
  const { out } = await sill("config example");
  expect(`${out}\n`).toBe(exampleYaml());
  writeFileSync(join(cwd, "example.yaml"), out);
  expect((await sill("config check example.yaml", { cwd })).code).toBe(0);
});

test("reference explains every setting, in words and as data", async () => {
  const { out } = await sill("config reference");
  for (const { path, description } of catalogue) expect(out).toContain(`${path}\n  ${description}`);
  expect(JSON.parse((await sill("config reference --json")).out)).toHaveLength(catalogue.length);
});
