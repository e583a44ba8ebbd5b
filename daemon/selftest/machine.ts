/**
 * Machine: what a check may ask of the board and its system, as files, commands and figures.
 *
 * An interface so that a test can give a check a machine with a fault in it; the real one reads
 * /proc, /sys and the system calls.
 */
export interface Machine {
  /** Text of a file below /proc, /sys or /etc; null = there is none or it cannot be read. */
  read(path: string): Promise<string | null>;
  /** Names in a folder; empty = there is none. */
  list(path: string): Promise<readonly string[]>;
  /** Standard output of a program; null = it is not installed or failed. */
  run(program: string, args: readonly string[]): Promise<string | null>;
}
