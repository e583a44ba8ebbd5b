/**
 * Problems: everything that is wrong with the settings, at once, for people.
 *
 * Each names the place (file and line, variable or flag), the path, the offending value and what
 * is allowed there; an unknown word comes with the closest known one. Passwords inside URLs are
 * never repeated.
 */
import type { z } from "zod";
import { Fault } from "../hal/fault.ts";
import { allowedText, nodeAt, settingPaths } from "./catalogue.ts";
import { originText, type Layer, type Origin } from "./origin.ts";
import { closest } from "./suggest.ts";

export interface Problem {
  /** "web.port"; empty when it concerns the whole file. */
  readonly path: string;
  readonly message: string;
  readonly origin: Origin;
}

type Issue = z.core.$ZodIssue;

/** `rtsp://user:secret@host` -> `rtsp://***@host`, whatever letters the secret has. */
export function withoutPassword(text: string): string {
  return text.replace(/(\w+:\/\/).*@/su, "$1***@");
}

/** "motion.zones[0].polygon" */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

export function problemsOf(issues: readonly Issue[], layer: Layer): Problem[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey([...issue.path, key], layer.originOf([...issue.path, key])))
      : [wrongValue(issue, layer)],
  );
}

export function unknownKey(path: readonly PropertyKey[], origin: Origin): Problem {
  const text = pathText(path);
  const siblings = Object.keys(nodeAt(path.slice(0, -1))?.properties ?? {});
  const word = String(path.at(-1));
  const sibling = closest(word, siblings);
  const lastWords = new Map(settingPaths.map((known) => [known.split(".").at(-1) ?? known, known]));
  const elsewhere = lastWords.get(closest(word, lastWords.keys()) ?? "") ?? closest(text, settingPaths);
  const meant = sibling === null ? elsewhere : pathText([...path.slice(0, -1), sibling]);
  return {
    path: text,
    message: meant === null ? "unknown setting" : `unknown setting; did you mean ${meant}?`,
    origin,
  };
}

function wrongValue(issue: Issue, layer: Layer): Problem {
  const value = valueAt(layer.value, issue.path);
  const node = nodeAt(issue.path);
  const allowed = allowedHere(issue) ?? (node === null ? issue.message : allowedText(node));
  const message =
    value === undefined
      ? `is missing; allowed: ${allowed}`
      : `${valueText(value)} is not allowed; allowed: ${allowed}`;
  return { path: pathText(issue.path), message, origin: layer.originOf(issue.path) };
}

/** What another setting allows. */
function allowedHere(issue: Issue): string | null {
  const allowed: unknown = issue.code === "custom" ? issue.params?.allowed : undefined;
  return typeof allowed === "string" ? allowed : null;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? at[String(key)] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The offending value, short. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isRecord(value)) return "a section";
  const text = withoutPassword(typeof value === "string" ? JSON.stringify(value) : String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

export function problemText(problem: Problem): string {
  const place = originText(problem.origin);
  const path = problem.path === "" || place === `--${problem.path}` ? "" : `${problem.path}: `;
  return `${place}: ${path}${problem.message}`;
}

export function problemsFault(problems: readonly Problem[]): Fault {
  const [first] = problems;
  const message =
    problems.length === 1 && first !== undefined
      ? `wrong setting: ${problemText(first)}`
      : `${problems.length} wrong settings:\n${problems.map((problem) => `  ${problemText(problem)}`).join("\n")}`;
  return new Fault("invalid", message, {
    hint: "sill config reference   (lists every setting and its range)",
  });
}
