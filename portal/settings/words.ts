/**
 * Words: the portal's settings out of flags and environment; flags win. All problems at once.
 *
 * `--web.port=1` and `--web.port 1`; PORTAL_WEB_PORT. What is unknown is an error with the closest known
 * word, for it is nearly always a typing mistake. An empty variable counts as not set. Pure.
 */
import { z } from "zod";
import { closest } from "../../config/suggest.ts";
import { Fault } from "../../hal/fault.ts";
import { settingsSchema, type PortalSettings } from "./schema.ts";

export interface PortalSetting {
  /** "web.port" */
  readonly path: string;
  /** "PORTAL_WEB_PORT" */
  readonly env: string;
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
}

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
}

export const catalogue: readonly PortalSetting[] = leaves(
  z.toJSONSchema(settingsSchema, { io: "input" }) as Node,
  "",
);

function leaves(node: Node, prefix: string): PortalSetting[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const path = `${prefix}${key}`;
    if (child.type === "object") return leaves(child, `${path}.`);
    const words = path.replaceAll(".", "_").replace(/[A-Z]/gu, (letter) => `_${letter}`);
    return [
      {
        path,
        env: `PORTAL_${words.toUpperCase()}`,
        type: child.type ?? "string",
        description: child.description ?? "",
        default: child.default,
      },
    ];
  });
}

export interface PortalWords {
  readonly settings: PortalSettings;
  /** Arguments that are no settings, in order. */
  readonly rest: readonly string[];
}

/** Throws Fault `invalid` that lists every problem. */
export function readWords(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): PortalWords {
  const problems: string[] = [];
  const value: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith("PORTAL_") || text === undefined || text === "") continue;
    const setting = catalogue.find((one) => one.env === name);
    if (setting === undefined)
      problems.push(
        unknown(
          name,
          catalogue.map(({ env }) => env),
        ),
      );
    else put(value, setting, text);
  }
  const rest: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? "";
    const [, path = "", inline] = /^--([A-Za-z]\w*(?:\.\w+)?)(?:=(.*))?$/su.exec(arg) ?? [];
    const setting = catalogue.find((one) => one.path === path);
    if (setting === undefined) {
      if (path.includes("."))
        problems.push(
          unknown(
            `--${path}`,
            catalogue.map((one) => `--${one.path}`),
          ),
        );
      else rest.push(arg);
      continue;
    }
    const next = args[i + 1];
    if (inline !== undefined) put(value, setting, inline);
    else if (setting.type === "boolean" && next !== "true" && next !== "false") put(value, setting, "true");
    else if (next === undefined || next.startsWith("--")) problems.push(`--${path} needs a value`);
    else {
      put(value, setting, next);
      i += 1;
    }
  }
  const parsed = settingsSchema.safeParse(value);
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${path.join(".")}: ${message}`);
  if (!parsed.success || problems.length > 0)
    throw new Fault("invalid", `wrong settings: ${problems.join("; ").toLowerCase()}`, {
      hint: "docs/portal.md lists every setting and its range",
    });
  return { settings: parsed.data, rest };
}

function unknown(name: string, known: readonly string[]): string {
  const meant = closest(name, known);
  return meant === null ? `${name} is unknown` : `${name} is unknown; did you mean ${meant}?`;
}

function put(target: Record<string, unknown>, { path, type }: PortalSetting, text: string): void {
  const [section = "", key] = path.split(".");
  const value = typed(text, type);
  if (key === undefined) target[section] = value;
  else target[section] = { ...(target[section] as Record<string, unknown> | undefined), [key]: value };
}

/** Text that does not fit stays text for the schema to refuse. */
function typed(text: string, type: string): unknown {
  if (type === "integer") return /^\d+$/u.test(text.trim()) ? Number(text) : text;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}
