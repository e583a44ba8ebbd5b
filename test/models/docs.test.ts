import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readManifest } from "../../models/manifest-file.ts";
import { inputSchema } from "../../models/manifest-input.ts";
import { outputSchema } from "../../models/manifest-output.ts";
import { manifestSchema } from "../../models/manifest.ts";
import { families } from "../../models/manifests/families.ts";
import { maxIrVersion, maxOpset, minOpset } from "../../models/runtime-limits.ts";

const text = readFileSync(join(import.meta.dirname, "../../docs/models.md"), "utf8");

describe("docs/models.md", () => {
  test("shows a manifest that is one", () => {
    const [, example = ""] = /```json\n(.*?)```/su.exec(text) ?? [];
    expect(readManifest(example, "docs/models.md").name).toBe("yolox-nano");
  });

  test("has a row for every field", () => {
    const top = Object.keys(manifestSchema.shape).filter((field) => !["input", "output"].includes(field));
    const fields = [
      ...top,
      ...Object.keys(inputSchema.shape),
      ...outputSchema.options.flatMap(({ shape }) => Object.keys(shape)),
    ];
    const rows = text.split("\n").filter((line) => line.startsWith("| `"));
    const told = new Set(
      rows.flatMap((row) => [...row.matchAll(/`(?:input\.|output\.)?(\w+)`/gu)].map(([, word]) => word)),
    );
    expect(fields.filter((field) => !told.has(field))).toEqual([]);
  });

  test("names every family, and the limits that there are", () => {
    expect(families.filter((family) => !text.includes(`| \`${family}\` |`))).toEqual([]);
    expect(text).toContain(
      `an opset below ${minOpset} or above ${maxOpset}, a format (IR) above ${maxIrVersion}`,
    );
  });
});
