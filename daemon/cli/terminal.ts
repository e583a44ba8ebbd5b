/**
 * Terminal: where a command prints. Tests pass one that collects.
 *
 * `out` is data (stdout), `err` is everything said to people besides it. Both take whole lines
 * without their newline. `read` is what a person types or pipes in.
 */
import { text } from "node:stream/consumers";

/** A standard output that is a terminal, for what is drawn over and over. */
export interface Screen {
  readonly write: (text: string) => void;
  readonly size: () => { readonly columns: number; readonly rows: number };
}

export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Raw text to stderr when it is a terminal, for a line that is drawn over; else null. */
  readonly progress: ((text: string) => void) | null;
  /** Null where standard output is a pipe or file, or a terminal that cannot go up (TERM=dumb). */
  readonly screen: Screen | null;
  /** Standard input to its end; `prompt` is said to people, not to programs. */
  readonly read: (prompt: string) => Promise<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function processTerminal(): Terminal {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? (text) => void process.stderr.write(text) : null,
    screen: process.stdout.isTTY && process.env["TERM"] !== "dumb" ? stdoutScreen() : null,
    read: (prompt) => {
      if (process.stdin.isTTY) process.stderr.write(prompt);
      return text(process.stdin);
    },
    cwd: process.cwd(),
    env: process.env,
  };
}

function stdoutScreen(): Screen {
  const { stdout } = process;
  return {
    write: (text) => void stdout.write(text),
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
  };
}
