/**
 * Catalogue: every setting of schema.ts as plain data.
 *
 * Read from the schema's JSON Schema, so that loader, error texts, example file, reference page
 * and command line cannot disagree with it. A setting is a leaf: a list is one setting, whatever
 * its items are. Sections are one level deep.
 */
import { z } from "zod";
import { assert } from "../hal/fault.ts";
import { settingsSchema } from "./schema.ts";

/** The part of JSON Schema that zod makes of our schema. */
export interface SchemaNode {
  readonly type?: "string" | "integer" | "number" | "boolean" | "array" | "object";
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode | false;
  readonly prefixItems?: readonly SchemaNode[];
}

export interface SettingInfo {
  /** "web.port" */
  readonly path: string;
  /** "SILL_WEB_PORT" */
  readonly env: string;
  /** "SILL_PORT", where there is one. */
  readonly shortEnv: string | null;
  readonly description: string;
  readonly default: unknown;
  /** What may stand there, with its unit: "a whole number from 500 to 60000 (milliseconds)". */
  readonly allowed: string;
  readonly node: SchemaNode;
}

const shortEnvNames: Readonly<Record<string, string>> = { "web.port": "SILL_PORT" };

const root: SchemaNode = z.toJSONSchema(settingsSchema, { io: "input" }) as SchemaNode;

/** Units end names. */
const units: Readonly<Record<string, string>> = {
  Ms: "milliseconds",
  Bytes: "bytes",
  Mb: "megabytes",
  Kbps: "kilobits per second",
  Hours: "hours",
};

function withUnit(text: string, name: string): string {
  const unit = Object.entries(units).find(([ending]) => name.endsWith(ending))?.[1];
  return unit === undefined ? text : `${text} (${unit})`;
}

/** "recording.preRollMs" -> "SILL_RECORDING_PRE_ROLL_MS". */
export function envName(path: string): string {
  const words = path.replaceAll(".", "_").replace(/[A-Z]/gu, (letter) => `_${letter}`);
  return `SILL_${words.toUpperCase()}`;
}

function leaves(node: SchemaNode, prefix: string): SettingInfo[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = `${prefix}${key}`;
    if (child.type === "object") return leaves(child, `${path}.`);
    assert(child.description !== undefined, `setting ${path} has no description`);
    assert(child.default !== undefined, `setting ${path} has no default`);
    return [
      {
        path,
        env: envName(path),
        shortEnv: shortEnvNames[path] ?? null,
        description: child.description,
        default: child.default,
        allowed: withUnit(allowedText(child), key),
        node: child,
      },
    ];
  });
}

/** All settings in the order of the schema. */
export const catalogue: readonly SettingInfo[] = leaves(root, "");

export const settingPaths: readonly string[] = catalogue.map((setting) => setting.path);

const byPath = new Map(catalogue.map((setting) => [setting.path, setting]));

export function settingAt(path: string): SettingInfo | null {
  return byPath.get(path) ?? null;
}

/** The schema at any depth (numbers are list positions), or null where there is none. */
export function nodeAt(path: readonly PropertyKey[]): SchemaNode | null {
  let node: SchemaNode | undefined = root;
  for (const key of path) {
    if (typeof key === "number") node = node.prefixItems?.[key] ?? (node.items || undefined);
    else node = Object.entries(node.properties ?? {}).find(([name]) => name === key)?.[1];
    if (node === undefined) return null;
  }
  return node;
}

/** What may stand there, in words: "a whole number from 0 to 65535". */
export function allowedText(node: SchemaNode): string {
  if (node.enum !== undefined) return oneOf(node.enum);
  const { type = "object" } = node;
  switch (type) {
    case "integer":
      return `a whole number${range(node.minimum, node.maximum)}`;
    case "number":
      return `a number${range(node.minimum, node.maximum)}`;
    case "boolean":
      return "true or false";
    case "string":
      return textAllowed(node);
    case "array":
      return `a list of ${span(node.minItems, node.maxItems)} ${node.items ? itemsText(node.items) : "numbers"}`;
    case "object":
      return `a section with ${Object.keys(node.properties ?? {}).join(", ")}`;
  }
}

function textAllowed({ minLength, maxLength }: SchemaNode): string {
  if (maxLength === undefined) return minLength === undefined ? "a text" : "a text that is not empty";
  return `a text of ${span(minLength, maxLength)} characters`;
}

function itemsText(node: SchemaNode): string {
  if (node.type === "array") return "points [x, y]";
  return node.type === "object" ? `sections with ${Object.keys(node.properties ?? {}).join(", ")}` : "items";
}

function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

function range(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? "" : ` of at most ${max}`;
}

function span(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && min === max) return String(min);
  if (max === undefined) return `at least ${min ?? 0}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}
