/**
 * Machine: what a check may ask of the board and its system, as files, commands and figures.
 *
 * An interface so that a test can give a check a machine with a fault in it; the real one
 * (linux-machine.ts) reads /proc, /sys and the system calls.
 */
export interface Space {
  readonly totalBytes: number;
  /** For this user. */
  readonly freeBytes: number;
  /** Files that can still be made; 0 of 0 = the file system does not count them. */
  readonly files: number;
  readonly freeFiles: number;
}

export interface Machine {
  /** Version of the Node that runs this. */
  readonly node: string;
  /** Text of a file below /proc, /sys or /etc; null = there is none or it cannot be read. */
  read(path: string): Promise<string | null>;
  /** Names in a folder; empty = there is none. */
  list(path: string): Promise<readonly string[]>;
  /** Standard output of a program; null = it is not installed or failed. "sill" is this very Sill. */
  run(program: string, args: readonly string[]): Promise<string | null>;
  /** Of the file system that holds this path; null = it cannot be asked. */
  space(path: string): Promise<Space | null>;
}

/** The first line, without blanks around it; null = there is no file. */
export async function firstLine(machine: Machine, path: string): Promise<string | null> {
  // what the firmware tells ends with a NUL
  const line = (await machine.read(path))?.split("\n")[0]?.replaceAll("\0", "").trim();
  return line === undefined || line === "" ? null : line;
}

/** A whole file that is one number; null = it is not. */
export async function numberIn(machine: Machine, path: string): Promise<number | null> {
  const line = await firstLine(machine, path);
  if (line === null) return null;
  const value = Number(line);
  return Number.isFinite(value) ? value : null;
}

/** The warmest of its thermometers, in degrees Celsius; null = none tells. */
export async function hottest(machine: Machine): Promise<number | null> {
  const zones = (await machine.list("/sys/class/thermal")).filter((name) => name.startsWith("thermal_zone"));
  const milli = await Promise.all(zones.map((zone) => numberIn(machine, `/sys/class/thermal/${zone}/temp`)));
  const known = milli.filter((each) => each !== null);
  return known.length === 0 ? null : Math.max(...known) / 1_000;
}
