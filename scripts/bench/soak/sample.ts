/**
 * Sample: what one look at a running house says, and how the house in the guest tells it to the bench.
 *
 * One JSON document a line. `monoMs` is the house's own running time: in the guest simulated.
 */
export const processNames = ["keeper", "eye", "courier"] as const;
export type ProcessName = (typeof processNames)[number];

export interface ProcessSample {
  /** Another one than before: it died and was started again. */
  readonly pid: number;
  readonly rssBytes: number;
  readonly descriptors: number;
  readonly threads: number;
}

export interface HouseSample {
  readonly type: "sample";
  readonly monoMs: number;
  readonly processes: Readonly<Record<ProcessName, ProcessSample>>;
  /** Written to the disk of the house since it was mounted: the ext4 journal and metadata are in it. */
  readonly writtenBytes: number;
  readonly indexBytes: number;
  /** Since the start. */
  readonly presses: number;
  /** Presses that were too soon after the one before. */
  readonly cooled: number;
  /** Events that the API has shown so far, gone ones included. */
  readonly rings: number;
  readonly motions: number;
  readonly clips: number;
  readonly evicted: number;
  readonly frames: number;
  /** By stage, those that dropped anything. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Fragments written: about a second of recording each. */
  readonly fragments: number;
}

/** The end of a house: what it had logged at `warn` or worse. */
export interface HouseEnd {
  readonly type: "end";
  readonly exitCode: number | null;
  readonly log: readonly string[];
}

export type HouseLine = HouseSample | HouseEnd;

/** Null for a line that is none of ours. */
export function houseLine(text: string): HouseLine | null {
  if (!text.startsWith('{"type":')) return null;
  return JSON.parse(text) as HouseLine;
}

/** From the texts of /proc/PID/status and the names in /proc/PID/fd. */
export function processSample(pid: number, status: string, descriptors: number): ProcessSample {
  const numberOf = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "mu").exec(status)?.[1] ?? Number.NaN);
  return { pid, rssBytes: numberOf("VmRSS") * 1_024, descriptors, threads: numberOf("Threads") };
}

/** Bytes written, from /sys/block/NAME/stat: the seventh number, in sectors of 512 whatever the disk's own are. */
export function writtenBytes(stat: string): number {
  return Number(stat.trim().split(/\s+/u)[6] ?? Number.NaN) * 512;
}
