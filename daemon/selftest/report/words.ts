/**
 * Words: groups, verdicts and figures as people read them.
 */
import type { CheckReport, Group, SelftestReport, Verdict } from "../../wire/selftest.ts";

export const groupNames: Readonly<Record<Group, string>> = {
  camera: "Camera",
  picture: "Picture",
  lines: "Button and motion sensor",
  sound: "Chime and light",
  storage: "Storage",
  time: "Time",
  network: "Network",
  board: "Board",
  system: "System",
};

export const verdictNames: Readonly<Record<Verdict, string>> = {
  pass: "passed",
  warn: "to look at",
  fail: "failed",
  skip: "not asked",
};

type Figure = CheckReport["figures"][number];

/** Groups in the order of the list, each with its checks in theirs. */
export function byGroup(checks: readonly CheckReport[]): [Group, CheckReport[]][] {
  const groups = new Map<Group, CheckReport[]>();
  for (const check of checks) groups.set(check.group, [...(groups.get(check.group) ?? []), check]);
  return [...groups].toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

const order = Object.keys(groupNames);

/** "free 21.5 GB (at least 268 MB)". */
export function figureText({ name, value, unit, atLeast, atMost }: Figure): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${amount(atLeast, unit)}`]),
    ...(atMost === undefined ? [] : [`at most ${amount(atMost, unit)}`]),
  ];
  return `${name} ${amount(value, unit)}${bounds.length === 0 ? "" : ` (${bounds.join(", ")})`}`;
}

const shownUnits: Readonly<Record<string, string>> = {
  mb_s: "MB/s",
  fps: "fps",
  ms: "ms",
  s: "s",
  celsius: "C",
  ppm: "ppm",
  dbm: "dBm",
  db: "dB",
  years: "years",
  hz: "Hz",
};

export function amount(value: number, unit: string): string {
  if (unit === "bytes") return bytesText(value);
  if (unit === "frac") return `${number(value * 100)} %`;
  if (unit === "bits") return `0x${Math.max(0, Math.round(value)).toString(16)}`;
  if (unit === "count" || unit === "") return number(value);
  return `${number(value)} ${shownUnits[unit] ?? unit}`;
}

function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${number(bytes / 1e9)} GB`;
  if (bytes >= 1e6) return `${number(bytes / 1e6)} MB`;
  return bytes >= 1e3 ? `${number(bytes / 1e3)} kB` : `${number(bytes)} bytes`;
}

/** Three digits that say something. */
function number(value: number): string {
  const size = Math.abs(value);
  const digits =
    size === 0 || size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
  return value.toFixed(digits);
}

/** "25 checks: 20 passed, 3 to look at, 1 failed, 1 not asked". */
export function countsText({ counts, checks }: SelftestReport): string {
  const parts = (["pass", "warn", "fail", "skip"] as const).flatMap((verdict) =>
    counts[verdict] === 0 ? [] : [`${counts[verdict]} ${verdictNames[verdict]}`],
  );
  return `${checks.length} check${checks.length === 1 ? "" : "s"}: ${parts.join(", ")}`;
}

export const cutTexts: Readonly<Record<NonNullable<SelftestReport["cut"]>, string>> = {
  cancelled: "The test was ended before its end.",
  time: "There was no time for all of it; ask what is missing with --only.",
};

export function wallText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 16).replace("T", " ");
}
