import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { catalogue, type SchemaNode } from "../../config/catalogue.ts";
import { resolveSettings } from "../../config/load.ts";
import { settingsSchema, type Settings } from "../../config/schema.ts";
import { getAt, setAt, splitFlags } from "../../config/words.ts";

const printable = { unit: "grapheme" as const };

/** Any value that the schema allows at this place. */
function valueOf(node: SchemaNode): fc.Arbitrary<unknown> {
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  if (node.prefixItems !== undefined) return fc.tuple(...node.prefixItems.map(valueOf));
  switch (node.type ?? "object") {
    case "integer":
      return fc.integer({ min: node.minimum ?? 0, max: node.maximum ?? 0 });
    case "number":
      return fc.double({ min: node.minimum ?? 0, max: node.maximum ?? 1, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "string":
      if (node.pattern !== undefined) return fc.stringMatching(new RegExp(node.pattern, "u"));
      return fc.string({
        ...printable,
        minLength: node.minLength ?? 0,
        maxLength: Math.min(node.maxLength ?? 40, 20),
      });
    case "array": {
      const minLength = node.minItems ?? 0;
      return fc.array(valueOf(node.items || {}), { minLength, maxLength: minLength + 3 });
    }
    case "object": {
      const required = node.required ?? [];
      const fields = Object.entries(node.properties ?? {}).map(([name, child]) => [name, valueOf(child)]);
      return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys: [...required],
      });
    }
  }
}

/** Some rules of the schema (a crop inside the picture, from and to together) are no ranges to draw from. */
function isAllowed(path: string, said: unknown): boolean {
  const value: Record<string, unknown> = {};
  setAt(value, path, said);
  return settingsSchema.safeParse(value).success;
}

/** Any valid settings: some said, the rest at their defaults. */
const anySettings: fc.Arbitrary<Settings> = fc
  .record(
    Object.fromEntries(
      catalogue.map(({ path, node }) => [path, valueOf(node).filter((said) => isAllowed(path, said))]),
    ),
    { requiredKeys: [] },
  )
  .map((said) => {
    const value: Record<string, unknown> = {};
    for (const [path, each] of Object.entries(said)) setAt(value, path, each);
    return settingsSchema.parse(value);
  });

test("any settings survive being written to a file and loaded", () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const file = { name: "sill.yaml", text: stringify(settings) };
      expect(resolveSettings({ file, env: {}, flags: [] })).toMatchObject({ ok: true, settings });
    }),
    { numRuns: 200 },
  );
});

const word = (value: unknown): string => (Array.isArray(value) ? JSON.stringify(value) : String(value));

test("any settings survive being given as flags, and as variables where they are not empty", () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const said = catalogue.map(({ path, env }) => ({ path, env, text: word(getAt(settings, path)) }));
      const { settings: flags, rest } = splitFlags(said.map(({ path, text }) => `--${path}=${text}`));
      expect(rest).toEqual([]);
      expect(resolveSettings({ file: null, env: {}, flags })).toMatchObject({ ok: true, settings });

      const env = Object.fromEntries(said.map(({ env, text }) => [env, text]));
      const empty = flags.filter(({ value }) => value === "");
      expect(resolveSettings({ file: null, env, flags: empty })).toMatchObject({ ok: true, settings });
    }),
    { numRuns: 100 },
  );
});

test("no text as a settings file does more than list problems", () => {
  fc.assert(
    fc.property(fc.string({ ...printable, maxLength: 200 }), (text) => {
      expect(() => resolveSettings({ file: { name: "x", text }, env: {}, flags: [] })).not.toThrow();
    }),
    { numRuns: 300 },
  );
});
