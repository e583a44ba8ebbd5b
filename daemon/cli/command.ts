/**
 * Command: one thing that `sill` does, as data (name, options, help) and one function.
 *
 * Options are declared once; parsing and help are made from them. Every command that takes
 * settings also takes `--config FILE` and `--section.name=value`.
 */
import { parseArgs } from "node:util";
import { closest } from "../../config/suggest.ts";
import { loadSettings, type LoadedSettings, type LoadOptions } from "../../config/load.ts";
import { splitFlags } from "../../config/words.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Terminal } from "./terminal.ts";

export interface Option {
  /** What follows, for the help ("FILE"); absent = a switch. */
  readonly value?: string;
  readonly short?: string;
  readonly about: string;
}

export interface Command {
  /** What follows the name: "FILE... [options]"; empty when nothing does. */
  readonly operands: string;
  /** Least and most operands. */
  readonly arity: readonly [number, number];
  readonly about: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly takesSettings: boolean;
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [string, string])[];
  /** A number is the exit code; nothing = 0. */
  readonly run: (call: Call) => Promise<number | void> | number | void;
}

/** A parsed command line. */
export interface Call {
  readonly operands: readonly string[];
  /** True when the switch was given. */
  readonly has: (option: string) => boolean;
  /** The option's value, or null. */
  readonly value: (option: string) => string | null;
  /** Reads them when asked; `file` takes the place of --config. Throws Fault with all problems. */
  readonly settings: (file?: string) => LoadedSettings;
  /** Everything after the command's name, as typed. */
  readonly argv: readonly string[];
  readonly terminal: Terminal;
}

export const jsonOption: Option = { about: "Print JSON for programs" };

/** Throws Fault `invalid` that names the option and how to get help. */
export function parseCall(
  name: string,
  command: Command,
  input: { argv: readonly string[]; terminal: Terminal },
): Call {
  const { argv, terminal } = input;
  const rest = command.takesSettings ? splitFlags(argv).rest : argv;
  const { values, positionals } = parse(name, command, rest);
  const [least, most] = command.arity;
  if (positionals.length < least || positionals.length > most) {
    const given =
      positionals.length > most ? `unexpected ${quote(positionals[most] ?? "")}` : "something is missing";
    throw new Fault("invalid", `${given}; usage: sill ${name} ${command.operands}`.trimEnd(), {
      hint: helpHint(name),
    });
  }
  return {
    operands: positionals,
    has: (option) => values[option] === true,
    value: (option) => {
      const value = values[option];
      return typeof value === "string" ? value : null;
    },
    settings: (file) => loadSettings(sourcesOf(argv, { terminal, file })),
    argv,
    terminal,
  };
}

/** Where a command line's settings come from. */
export function sourcesOf(
  argv: readonly string[],
  { terminal, file }: { terminal: Terminal; file: string | undefined },
): LoadOptions {
  const args = file === undefined ? argv : [...argv, `--config=${file}`];
  return { args, env: terminal.env, cwd: terminal.cwd };
}

function parse(name: string, command: Command, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([option, { value, short }]) => [
      option,
      { type: value === undefined ? ("boolean" as const) : ("string" as const), ...(short ? { short } : {}) },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Fault("invalid", optionMessage(error, command), { hint: helpHint(name), cause: error });
  }
}

/** node:util's sentence, shortened to its first, with the closest option. */
function optionMessage(error: unknown, command: Command): string {
  const text = toFault(error).message;
  const [, unknown] = /^Unknown option '(-[^']*)'/u.exec(text) ?? [];
  if (unknown === undefined) return lowerFirst(text.split(". ")[0] ?? text);
  const meant = closest(unknown.replace(/^-+/u, ""), Object.keys(command.options));
  return `unknown option ${unknown}${meant === null ? "" : `; did you mean --${meant}?`}`;
}

function helpHint(name: string): string {
  return `sill ${name} --help`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

export function quote(text: string): string {
  return `"${text}"`;
}
