/**
 * A command line without a process: runs `sill` in this one and collects what it prints.
 */
import { dispatch } from "../../../daemon/cli/dispatch.ts";

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLineOptions {
  readonly cwd?: string;
  /** Standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function sill(
  line: string | readonly string[],
  options: CommandLineOptions = {},
): Promise<Printed> {
  const argv = typeof line === "string" ? line.split(" ").filter((word) => word !== "") : line;
  const out: string[] = [];
  const err: string[] = [];
  const code = await dispatch(argv, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: null,
    screen: null,
    read: async () => options.input ?? "",
    cwd: options.cwd ?? "/nonexistent",
    env: options.env ?? {},
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
