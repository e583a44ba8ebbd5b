/**
 * Manifest file: a manifest as text, and everything that is wrong with one, at once.
 */
import type { z } from "zod";
import { pathText } from "../config/problem.ts";
import { closest } from "../config/suggest.ts";
import { Fault } from "../hal/fault.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";

export const maxManifestBytes = 256 * 1024;
const maxProblems = 10;

const hint = "docs/models.md lists every field of a manifest; sill models add FILE --like yolox writes one";

const fields: readonly string[] = [
  ...Object.keys(manifestSchema.shape),
  ...Object.keys(manifestSchema.shape.input.shape),
  ...manifestSchema.shape.output.options.flatMap((option) => Object.keys(option.shape)),
];

/** `name` is what the text is called in messages: its file. */
export function readManifest(text: string, name: string): Manifest {
  if (text.length > maxManifestBytes)
    throw new Fault("invalid", `${name}: ${text.length} bytes; a manifest has at most ${maxManifestBytes}`, {
      hint,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Fault("invalid", `${name}: not JSON`, { cause: error, hint });
  }
  return manifestFrom(value, name);
}

export function manifestFrom(value: unknown, name: string): Manifest {
  const read = manifestSchema.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  const problems = read.error.issues.flatMap(problemsOf);
  const texts = problems.slice(0, maxProblems).map(problemText);
  if (problems.length > maxProblems) texts.push(`and ${problems.length - maxProblems} more`);
  throw new Fault("invalid", `${name}: ${texts.join("; ")}`, { hint });
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

interface Problem {
  readonly issue: z.core.$ZodIssue;
  /** A field that there is not. */
  readonly key?: string;
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ issue, key })) : [{ issue }];
}

function problemText({ issue, key }: Problem): string {
  if (key !== undefined) return `${pathText([...issue.path, key]).slice(0, 80)}: ${unknownText(key)}`;
  const missing = issue.code === "invalid_type" && issue.input === undefined;
  const path = pathText(issue.path).slice(0, 80);
  const message = missing ? "is missing" : issue.message.replace(/^Invalid input: /u, "");
  return path === "" ? message : `${path}: ${message}`;
}

function unknownText(key: string): string {
  const meant = closest(key.slice(0, 80), fields);
  return meant === null ? "unknown field" : `unknown field; did you mean ${meant}?`;
}
