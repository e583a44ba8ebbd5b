/**
 * Words: settings that are said as text, in the environment or on the command line.
 *
 * A word is turned into the type its setting has; what cannot be turned stays text, and the
 * schema then says what is allowed. Lists are written as JSON.
 * An empty variable counts as not set. An unknown SILL_ variable is a problem: it is nearly
 * always a typing mistake that would otherwise change nothing in silence.
 */
import { catalogue, settingAt, type SchemaNode } from "./catalogue.ts";
import type { Layer, Origin } from "./origin.ts";
import { unknownKey, type Problem } from "./problem.ts";
import { closest } from "./suggest.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** SILL_ variables that are no settings. */
export const otherEnvNames: Readonly<Record<string, string>> = {
  SILL_CONFIG: "Settings file to read, where --config is not given",
  SILL_SIM_EPOCH_MS: "Wall time at which the simulated porch starts; set by `sill run` for its processes",
};

/** One flag as it was given: `--web.port=1` or `--web.port 1`; null = no value followed. */
export interface SettingFlag {
  readonly path: string;
  readonly value: string | null;
}

export interface SplitFlags {
  readonly settings: readonly SettingFlag[];
  /** The value of --config. */
  readonly config: string | null;
  readonly rest: readonly string[];
}

export interface Words {
  readonly layer: Layer;
  /** Paths that were said, with their origin. */
  readonly said: ReadonlyMap<string, Origin>;
  readonly problems: readonly Problem[];
}

const wordFlag = /^--([A-Za-z][\w.-]*)(?:=(.*))?$/su;

/** Takes `--a.bC`, top-level settings (`--data`) and `--config` out of an argument list. */
export function splitFlags(args: readonly string[]): SplitFlags {
  const settings: SettingFlag[] = [];
  const rest: string[] = [];
  let config: string | null = null;
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      rest.push(...args.slice(i));
      break;
    }
    const [, name = "", inline] = wordFlag.exec(arg) ?? [];
    if (!name.includes(".") && name !== "config" && settingAt(name) === null) {
      rest.push(arg);
      continue;
    }
    let value: string | null = inline ?? null;
    const next = args[i + 1];
    const takesNext = value === null && next !== undefined && !next.startsWith("--");
    if (takesNext && !isBareBoolean(name, next)) {
      value = next;
      i += 1;
    }
    if (name === "config") config = value ?? "";
    else settings.push({ path: name, value });
  }
  return { settings, config, rest };
}

/** `--camera.loop FILE`: a boolean takes only true or false as its value. */
function isBareBoolean(path: string, next: string): boolean {
  return settingAt(path)?.node.type === "boolean" && next !== "true" && next !== "false";
}

export function flagWords(flags: readonly SettingFlag[]): Words {
  const words = new WordCollector();
  for (const { path, value } of flags) {
    const origin: Origin = { kind: "flag", name: `--${path}` };
    const setting = settingAt(path);
    if (setting === null) words.problems.push(unknownKey(path.split("."), origin));
    else if (value !== null) words.say(path, coerce(value, setting.node), origin);
    else if (setting.node.type === "boolean") words.say(path, true, origin);
    else words.problems.push({ path, message: `needs a value, as in --${path}=VALUE`, origin });
  }
  return words.done();
}

export function environmentWords(env: Environment): Words {
  const words = new WordCollector();
  const names = new Map<string, string>();
  for (const setting of catalogue) {
    names.set(setting.env, setting.path);
    if (setting.shortEnv !== null) names.set(setting.shortEnv, setting.path);
  }
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith("SILL_") || text === undefined || text === "" || name in otherEnvNames) continue;
    const origin: Origin = { kind: "environment", name };
    const path = names.get(name);
    const setting = path === undefined ? null : settingAt(path);
    if (path === undefined || setting === null)
      words.problems.push(unknownVariable(origin, [...names.keys()]));
    else words.say(path, coerce(text, setting.node), origin);
  }
  return words.done();
}

function unknownVariable(origin: Origin & { kind: "environment" }, known: readonly string[]): Problem {
  const meant = closest(origin.name, [...known, ...Object.keys(otherEnvNames)]);
  const message = meant === null ? "unknown variable" : `unknown variable; did you mean ${meant}?`;
  return { path: "", message, origin };
}

/** Text as the type of the setting; text that does not fit stays text for the schema to refuse. */
function coerce(text: string, node: SchemaNode): unknown {
  switch (node.type) {
    case "integer":
    case "number":
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text.trim()) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "array":
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return text;
      }
    case "string":
    case "object":
    case undefined:
      return text;
  }
}

/** Gathers `a.b = value` into one nested object; the same setting said twice with two values is a problem. */
class WordCollector {
  readonly problems: Problem[] = [];
  readonly #value: Record<string, unknown> = {};
  readonly #said = new Map<string, Origin>();

  say(path: string, value: unknown, origin: Origin): void {
    const before = this.#said.get(path);
    if (before?.kind === "environment" && JSON.stringify(this.#get(path)) !== JSON.stringify(value)) {
      this.problems.push({
        path,
        message: `${before.name} says something else; set only one of the two`,
        origin,
      });
    }
    this.#said.set(path, origin);
    setAt(this.#value, path, value);
  }

  done(): Words {
    const said = this.#said;
    const layer: Layer = {
      value: this.#value,
      originOf(path) {
        for (let length = path.length; length > 0; length -= 1) {
          const origin = said.get(path.slice(0, length).join("."));
          if (origin !== undefined) return origin;
        }
        return { kind: "default" };
      },
    };
    return { layer, said, problems: this.problems };
  }

  #get(path: string): unknown {
    return getAt(this.#value, path);
  }
}

/** Settings are at most one section deep; both functions take only paths of the catalogue. */
export function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const [section, key] = path.split(".");
  if (section === undefined) return;
  if (key === undefined) target[section] = value;
  else target[section] = { ...(target[section] as Record<string, unknown> | undefined), [key]: value };
}

export function getAt(target: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
      target,
    );
}
