/**
 * Terminal: where a command prints. Tests pass one that collects.
 *
 * `out` is data (stdout), `err` is everything said to people besides it. Both take whole lines
 * without their newline.
 */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** True when people read stdout. */
  readonly isTty: boolean;
  readonly columns: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function processTerminal(): Terminal {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    isTty: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 100,
    cwd: process.cwd(),
    env: process.env,
  };
}
