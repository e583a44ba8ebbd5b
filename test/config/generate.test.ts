import { expect, test } from "vitest";
import { catalogue, envName } from "../../config/catalogue.ts";
import { exampleYaml, generatedFiles, settingsPage } from "../../config/generate.ts";
import { resolveSettings } from "../../config/load.ts";
import { settingsSchema } from "../../config/schema.ts";

const load = (text: string) => resolveSettings({ file: { name: "example.yaml", text }, env: {}, flags: [] });

test("the example file changes nothing as it stands", () => {
  expect(load(exampleYaml())).toMatchObject({ ok: true, settings: settingsSchema.parse({}) });
});

test("with every name uncommented, the example sets every setting to its default", () => {
  const loaded = load(exampleYaml().replaceAll(/^( *)#(\w+: )/gmu, "$1$2"));
  expect(loaded).toMatchObject({ ok: true, settings: settingsSchema.parse({}) });
  const kinds = loaded.ok ? new Set([...loaded.origins.values()].map(({ kind }) => kind)) : new Set();
  expect([...kinds]).toEqual(["file"]);
});

test("example and reference name every setting, its variable and what it does", () => {
  for (const { path, env, description } of catalogue) {
    expect(exampleYaml()).toContain(env);
    expect(settingsPage()).toContain(`\`${path}\``);
    expect(settingsPage()).toContain(env);
    expect(settingsPage()).toContain(description);
  }
});

test("two settings never share a variable", () => {
  const names = catalogue.flatMap(({ env, shortEnv }) => [env, ...(shortEnv === null ? [] : [shortEnv])]);
  expect(new Set(names).size).toBe(names.length);
  expect(envName("recording.preRollMaxBytes")).toBe("SILL_RECORDING_PRE_ROLL_MAX_BYTES");
});

test("generating twice writes the same bytes", () => {
  expect(generatedFiles()).toEqual(generatedFiles());
});
