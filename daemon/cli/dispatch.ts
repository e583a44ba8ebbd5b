/**
 * Dispatch: a command line to an exit code. Everything but the process itself.
 *
 * Never throws and never exits. A Fault is told as `sill: message` and `hint: ...`; only a bug
 * shows its stack.
 */
import { closest } from "../../config/suggest.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import { parseCall, quote } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodes, exitOk } from "./exit-codes.ts";
import { commandHelp, groupHelp, overview } from "./help.ts";
import type { Terminal } from "./terminal.ts";

const groups = new Set(Object.keys(commands).flatMap((name) => name.split(" ").slice(0, -1)));

export async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return (await runCommand(argv, terminal)) ?? exitOk;
  } catch (error) {
    const fault = toFault(error);
    tell(fault, terminal);
    return exitCodes[fault.kind].code;
  }
}

async function runCommand(argv: readonly string[], terminal: Terminal): Promise<number | void> {
  const [first] = argv;
  if (first === undefined || ["help", "--help", "-h"].includes(first)) {
    const topic = argv.slice(1).filter((word) => !word.startsWith("-"));
    return topic.length === 0 ? terminal.out(overview()) : runCommand([...topic, "--help"], terminal);
  }
  if (first === "--version" || first === "-v") return runCommand(["version"], terminal);

  const name = nameOf(argv);
  if (name === null) {
    if (groups.has(first) && (argv[1] === undefined || isHelp(argv[1])))
      return terminal.out(groupHelp(first));
    throw unknownCommand(argv);
  }
  const entry = commands[name];
  if (entry === undefined) throw unknownCommand(argv);
  const command = await entry.load();
  const rest = argv.slice(name.split(" ").length);
  if (asksForHelp(rest)) return terminal.out(commandHelp(name, command));
  return command.run(parseCall(name, command, { argv: rest, terminal }));
}

/** "events list" before "events"; null when there is none. */
function nameOf(argv: readonly string[]): string | null {
  const two = argv.slice(0, 2).join(" ");
  if (Object.hasOwn(commands, two)) return two;
  const one = argv[0] ?? "";
  return Object.hasOwn(commands, one) ? one : null;
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some(isHelp);
}

function unknownCommand(argv: readonly string[]): Fault {
  const [first = "", second] = argv;
  const visible = Object.keys(commands).filter((name) => commands[name]?.hidden !== true);
  const isGroup = groups.has(first);
  const typed = isGroup ? `${first} ${second ?? ""}`.trim() : first;
  const known = isGroup ? visible.filter((name) => name.startsWith(`${first} `)) : [...visible, ...groups];
  const meant = closest(typed, known);
  const question = meant === null ? "" : `; did you mean sill ${meant}?`;
  return new Fault("invalid", `unknown command ${quote(typed)}${question}`, {
    hint: isGroup ? `sill ${first} --help` : "sill --help",
  });
}

function tell(fault: Fault, terminal: Terminal): void {
  terminal.err(`sill: ${fault.message}`);
  if (fault.hint !== undefined) terminal.err(`hint: ${fault.hint}`);
  if (fault.kind !== "bug") return;
  const source = fault.cause instanceof Error ? fault.cause : fault;
  terminal.err(source.stack ?? "");
  terminal.err("This is a bug in Sill. Please report it with the lines above.");
}
