/**
 * Loading settings: defaults <- file <- environment <- flags, later ones win.
 *
 * Every layer is checked on its own and all problems of all layers are reported at once, so that
 * a wrong value is found even where another layer overrides it. The result says for every
 * setting where its value came from.
 *
 * File: --config FILE, else SILL_CONFIG, else ./sill.yaml when there is one. A file that was
 * named and is not there is an error; so is an unknown key, flag or SILL_ variable.
 */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Fault, toFault } from "../hal/fault.ts";
import { catalogue } from "./catalogue.ts";
import { parseSettingsFile, type SettingsText } from "./file.ts";
import type { Origin } from "./origin.ts";
import { problemsFault, problemsOf, type Problem } from "./problem.ts";
import { settingsSchema, type Settings } from "./schema.ts";
import {
  environmentWords,
  flagWords,
  getAt,
  setAt,
  splitFlags,
  type Environment,
  type SettingFlag,
} from "./words.ts";

const maxFileBytes = 1024 * 1024;
export const defaultFile = "sill.yaml";

export interface LoadedSettings {
  readonly settings: Settings;
  /** By path, for every setting. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The settings file that was read, if any. */
  readonly file: string | null;
}

export interface SettingSources {
  readonly file: SettingsText | null;
  readonly env: Environment;
  readonly flags: readonly SettingFlag[];
}

export type Resolved =
  | ({ readonly ok: true } & LoadedSettings)
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly file: string | null };

/** Pure: what the sources say together, or everything that is wrong with them. */
export function resolveSettings(sources: SettingSources): Resolved {
  const file = sources.file?.name ?? null;
  const parsed = sources.file === null ? null : parseSettingsFile(sources.file);
  const env = environmentWords(sources.env);
  const flags = flagWords(sources.flags);
  const layers = [...(parsed === null ? [] : [parsed.layer]), env.layer, flags.layer];
  const problems = [
    ...(parsed?.problems ?? []),
    ...env.problems,
    ...flags.problems,
    ...layers.flatMap((layer) =>
      problemsOf(settingsSchema.safeParse(layer.value).error?.issues ?? [], layer),
    ),
  ];
  if (problems.length > 0) return { ok: false, problems, file };

  const merged: Record<string, unknown> = {};
  const origins = new Map<string, Origin>();
  for (const { path } of catalogue) {
    const layer = layers.findLast((layer) => getAt(layer.value, path) !== undefined);
    origins.set(path, layer?.originOf(path.split(".")) ?? { kind: "default" });
    if (layer !== undefined) setAt(merged, path, getAt(layer.value, path));
  }
  return { ok: true, settings: settingsSchema.parse(merged), origins, file };
}

export interface LoadOptions {
  /** Arguments that may hold --config and --a.bC flags; others are ignored. */
  readonly args?: readonly string[];
  readonly env?: Environment;
  readonly cwd?: string;
}

/** Reads the file and resolves; throws Fault `not-found` or `denied` for the file itself. */
export function readSettings(options: LoadOptions = {}): Resolved {
  const { args = [], env = process.env, cwd = process.cwd() } = options;
  const split = splitFlags(args);
  return resolveSettings({ file: findFile(split.config, env, cwd), env, flags: split.settings });
}

/** As readSettings, and throws one Fault `invalid` that lists every problem. */
export function loadSettings(options: LoadOptions = {}): LoadedSettings {
  const resolved = readSettings(options);
  if (!resolved.ok) throw problemsFault(resolved.problems);
  return resolved;
}

function findFile(flag: string | null, env: Environment, cwd: string): SettingsText | null {
  if (flag === "")
    throw new Fault("invalid", "--config needs a file name", { hint: "sill run --config sill.yaml" });
  const named = flag ?? (env["SILL_CONFIG"] || null);
  const name = named ?? defaultFile;
  const path = resolve(cwd, name);
  try {
    const { size } = statSync(path);
    if (size > maxFileBytes) {
      throw new Fault("invalid", `settings file ${name} has ${size} bytes; at most ${maxFileBytes} are read`);
    }
    return { name, text: readFileSync(path, "utf8") };
  } catch (error) {
    const fault = toFault(error, `cannot read settings file ${name}`);
    if (fault.kind === "not-found" && named === null) return null;
    if (fault.kind !== "not-found") throw fault;
    throw new Fault("not-found", `settings file ${name} is not there`, {
      hint: `sill config example > ${name}   (writes one with every setting explained)`,
      cause: error,
    });
  }
}
