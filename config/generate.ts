/**
 * Generated from the schema: the example file and the reference page.
 *
 * `npm run generate` writes them, `npm run check` fails when they drift. The example is a valid
 * settings file that changes nothing: every setting stands there commented out at its default.
 */
import { catalogue, type SettingInfo } from "./catalogue.ts";
import { otherEnvNames } from "./words.ts";

export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

export function generatedFiles(): GeneratedFile[] {
  return [
    { path: "config/example.yaml", text: exampleYaml() },
    { path: "docs/settings.md", text: settingsPage() },
  ];
}

/** Settings by section, in the order of the schema; those of no section come first, under "". */
export function sections(): Map<string, SettingInfo[]> {
  return Map.groupBy(catalogue, ({ path }) => (path.includes(".") ? (path.split(".")[0] ?? "") : ""));
}

function lastWord(path: string): string {
  return path.split(".").at(-1) ?? path;
}

/** Variables that set it, the long name first. */
export function envNames({ env, shortEnv }: SettingInfo): string[] {
  return shortEnv === null ? [env] : [env, shortEnv];
}

/** Fields of the items of a list setting, with what they mean. */
export function itemFields({ node }: SettingInfo): [string, string][] {
  const fields = node.items ? node.items.properties : undefined;
  return Object.entries(fields ?? {}).map(([name, field]) => [name, field.description ?? ""]);
}

export function exampleYaml(): string {
  const head = [
    "# Settings of Sill, every one at its default. Written by `npm run generate` from config/schema.ts.",
    "#",
    "#   sill config example > sill.yaml     start from this file",
    "#   sill config check                   what is wrong with it",
    "#",
    "# Remove the # before a name to change it. Variables (SILL_...) and flags (--web.port=9000)",
    "# win over this file. What the camera may see is not here: it is the privacy policy.",
  ];
  const body = [...sections()].flatMap(([section, settings]) => {
    const indent = section === "" ? "" : "  ";
    return [
      "",
      ...(section === "" ? [] : [`${section}:`]),
      ...settings.flatMap((info) => exampleLines(info, indent)),
    ];
  });
  return `${[...head, ...body].join("\n")}\n`;
}

function exampleLines(info: SettingInfo, indent: string): string[] {
  return [
    `# ${info.description}.`,
    `# Allowed: ${info.allowed}. Variable: ${envNames(info).join(" or ")}.`,
    ...itemFields(info).map(([name, about]) => `#   ${name}: ${about}`),
    `#${lastWord(info.path)}: ${JSON.stringify(info.default)}`,
  ].map((line) => `${indent}${line}`);
}

export function settingsPage(): string {
  const head = [
    "# Settings",
    "",
    "<!-- Written by `npm run generate` from config/schema.ts. Do not edit. -->",
    "",
    "Defaults, then the file, then variables, then flags: later ones win. The file is `--config FILE`, else",
    "`$SILL_CONFIG`, else `./sill.yaml` when there is one. A list is written as JSON in a variable or flag. An",
    "empty variable counts as not set. Unknown names are errors, wherever they stand; `sill config check` lists",
    "all problems at once and `sill config show` says where each value came from.",
  ];
  const body = [...sections()].flatMap(([section, settings]) => [
    "",
    `## ${section === "" ? "General" : section}`,
    "",
    "| setting | what it does | allowed | default | variable |",
    "| --- | --- | --- | --- | --- |",
    ...settings.map((info) => `| ${referenceCells(info).map(escapeCell).join(" | ")} |`),
  ]);
  const other = [
    "",
    "## Variables that are no settings",
    "",
    "| variable | what it does |",
    "| --- | --- |",
    ...Object.entries(otherEnvNames).map(([name, about]) => `| \`${name}\` | ${escapeCell(about)} |`),
  ];
  return `${[...head, ...body, ...other].join("\n")}\n`;
}

function referenceCells(info: SettingInfo): string[] {
  const fields = itemFields(info).map(([name, about]) => `\`${name}\`: ${about}`);
  return [
    `\`${info.path}\``,
    [info.description, ...fields].join(". "),
    info.allowed,
    `\`${JSON.stringify(info.default)}\``,
    envNames(info)
      .map((name) => `\`${name}\``)
      .join(", "),
  ];
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
