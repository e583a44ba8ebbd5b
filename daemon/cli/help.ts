/**
 * Help that teaches: the overview by kind of user, and the page of one command.
 */
import { exitCodes } from "./exit-codes.ts";
import { commands } from "./commands.ts";
import type { Command } from "./command.ts";
import { textTable } from "./table.ts";

const settingsHelp = [
  "Settings (every command that needs them):",
  ...textTable(
    [
      ["  --config FILE", "settings file; else $SILL_CONFIG, else ./sill.yaml when there is one"],
      ["  --web.port=9000", "any setting as a flag"],
      ["  SILL_WEB_PORT=9000", "any setting as a variable; short: SILL_PORT, SILL_DATA"],
    ],
    { gap: 2 },
  ),
];

export function overview(): string {
  const visible = Object.entries(commands).filter(([, entry]) => entry.hidden !== true);
  const codes = Object.entries(exitCodes).map(([kind, { code, meaning }]) => [`  ${code}`, kind, meaning]);
  return [
    "sill: a video doorbell whose sight stops at the property line",
    "",
    "Usage: sill COMMAND [options]      sill COMMAND --help",
    "",
    "If it is your door:",
    ...textTable([
      ["  sill run", "start; then open the address it prints"],
      ["  sill events list", "who rang, what moved"],
      ["  sill identity --out key.txt", "the key that opens recordings, from the recovery words"],
      ["  sill clips export ID --identity key.txt --out clip.mp4", "save a clip"],
    ]),
    "",
    "If you install it:",
    ...textTable([
      ["  sill hal list", "which camera and GPIO chip are here"],
      ["  sill config example > sill.yaml", "a file to edit"],
      ["  sill config check", "what is wrong with it"],
      ["  sill calibrate walk --last 60s", "was the walk seen that was just taken"],
    ]),
    "",
    "If you test it:",
    ...textTable([
      ["  sill replay walk.mp4 --json", "what the eye makes of a video"],
      ["  sill run --sim.seed=7 --sim.light=night", "another porch"],
      ["  sill hal watch", "button and PIR, live"],
      ["  sill hal record bug.trace.jsonl", "what the hardware did, for a bug report"],
    ]),
    "",
    "Commands:",
    ...textTable(visible.map(([name, { summary }]) => [`  ${name}`, summary])),
    "",
    ...settingsHelp,
    "",
    "Exit codes:",
    "  0  done",
    ...textTable(codes),
  ].join("\n");
}

/** "config" -> its four commands. */
export function groupHelp(group: string): string {
  const members = Object.entries(commands).filter(([name]) => name.startsWith(`${group} `));
  return [
    `Usage: sill ${group} COMMAND [options]`,
    "",
    ...textTable(members.map(([name, { summary }]) => [`  sill ${name}`, summary])),
  ].join("\n");
}

export function commandHelp(name: string, command: Command): string {
  const options = Object.entries(command.options).map(([option, { value, short, about }]) => [
    `  --${option}${value === undefined ? "" : ` ${value}`}${short === undefined ? "" : `, -${short}`}`,
    about,
  ]);
  const sections = [
    [`Usage: sill ${name} ${command.operands}`.trimEnd(), "", command.about],
    options.length === 0 ? [] : ["", "Options:", ...textTable(options)],
    command.takesSettings ? ["", ...settingsHelp] : [],
    command.examples.length === 0
      ? []
      : ["", "Examples:", ...textTable(command.examples.map(([line, about]) => [`  ${line}`, about]))],
  ];
  return sections.flat().join("\n");
}
