/**
 * `sill config ...`: what is set, what is wrong, what could be set.
 */
import { catalogue, type SettingInfo } from "../../../config/catalogue.ts";
import { envNames, exampleYaml, itemFields } from "../../../config/generate.ts";
import { readSettings } from "../../../config/load.ts";
import { originText } from "../../../config/origin.ts";
import { problemsFault, problemText, withoutPassword } from "../../../config/problem.ts";
import { closest } from "../../../config/suggest.ts";
import { getAt } from "../../../config/words.ts";
import { Fault } from "../../../hal/fault.ts";
import { jsonOption, quote, sourcesOf, type Command } from "../command.ts";
import { textTable } from "../table.ts";

export const configCheck: Command = {
  operands: "[FILE]",
  arity: [0, 1],
  about: "Checks file, variables and flags, and lists every problem at once.",
  options: { json: jsonOption },
  takesSettings: true,
  examples: [
    ["sill config check", "what `sill run` would use here"],
    ["sill config check /etc/sill.yaml", "another file"],
  ],
  run: ({ operands, argv, has, terminal }) => {
    const resolved = readSettings(sourcesOf(argv, { terminal, file: operands[0] }));
    const problems = resolved.ok ? [] : resolved.problems;
    if (has("json")) {
      const told = problems.map((problem) => ({ ...problem, text: problemText(problem) }));
      terminal.out(JSON.stringify({ ok: resolved.ok, file: resolved.file, problems: told }, null, 2));
    }
    if (problems.length > 0) throw problemsFault(problems);
    if (!has("json")) terminal.out(`Settings are fine (${resolved.file ?? "no settings file"}).`);
  },
};

export const configShow: Command = {
  operands: "[SECTION]",
  arity: [0, 1],
  about: "Shows every setting in force and where it came from. Passwords in addresses are hidden.",
  options: { json: jsonOption },
  takesSettings: true,
  examples: [
    ["sill config show", "all of them"],
    ["sill config show camera --json", "one section, for programs"],
  ],
  run: ({ operands, settings, has, terminal }) => {
    const loaded = settings();
    const rows = inSection(operands[0]).map(({ path }) => ({
      path,
      value: shownValue(getAt(loaded.settings, path)),
      origin: loaded.origins.get(path) ?? { kind: "default" as const },
    }));
    if (has("json")) return terminal.out(JSON.stringify(rows, null, 2));
    const table = rows.map(({ path, value, origin }) => [path, shortValue(value), originText(origin)]);
    for (const line of textTable([["SETTING", "VALUE", "FROM"], ...table])) terminal.out(line);
  },
};

export const configExample: Command = {
  operands: "",
  arity: [0, 0],
  about: "Prints a settings file with every setting explained, commented out at its default.",
  options: {},
  takesSettings: false,
  examples: [["sill config example > sill.yaml", "start from it"]],
  run: ({ terminal }) => terminal.out(exampleYaml().trimEnd()),
};

export const configReference: Command = {
  operands: "[SECTION]",
  arity: [0, 1],
  about: "Explains every setting: what it does, what is allowed, default, variable and flag.",
  options: { json: jsonOption },
  takesSettings: false,
  examples: [["sill config reference recording", "one section"]],
  run: ({ operands, has, terminal }) => {
    const settings = inSection(operands[0]);
    if (has("json")) return terminal.out(JSON.stringify(settings.map(referenceJson), null, 2));
    terminal.out(settings.map((info) => referenceText(info).join("\n")).join("\n\n"));
  },
};

/** All settings, or those of one section (or one setting). */
function inSection(word: string | undefined): readonly SettingInfo[] {
  if (word === undefined) return catalogue;
  const found = catalogue.filter(({ path }) => path === word || path.startsWith(`${word}.`));
  if (found.length > 0) return found;
  const known = new Set(catalogue.flatMap(({ path }) => [path.split(".")[0] ?? path, path]));
  const meant = closest(word, known);
  throw new Fault(
    "not-found",
    `no setting or section ${quote(word)}${meant === null ? "" : `; did you mean ${meant}?`}`,
    {
      hint: "sill config reference",
    },
  );
}

function shownValue(value: unknown): unknown {
  return typeof value === "string" ? withoutPassword(value) : value;
}

function shortValue(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? "none" : `${value.length} (see --json)`;
}

function referenceText(info: SettingInfo): string[] {
  const facts = [
    ["  allowed", info.allowed],
    ["  default", JSON.stringify(info.default)],
    ["  variable", envNames(info).join(" or ")],
    ["  flag", `--${info.path}=VALUE`],
  ];
  const fields = itemFields(info).map(([name, about]) => `    ${name}: ${about}`);
  return [info.path, `  ${info.description}`, ...fields, ...textTable(facts)];
}

function referenceJson(info: SettingInfo) {
  return {
    path: info.path,
    description: info.description,
    allowed: info.allowed,
    default: info.default,
    variables: envNames(info),
    flag: `--${info.path}`,
    schema: info.node,
  };
}
