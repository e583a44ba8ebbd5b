/**
 * Replay in words: what a trace came to, for a person. Pure.
 */
import type { Played, TraceReplay } from "../../../hal/trace/replay.ts";
import type { Difference } from "../../../hal/trace/compare.ts";
import { textTable } from "../table.ts";

/** 1,234,567,890 ns = "1.234 568". */
export function secondsText(ns: number): string {
  const [whole = "0", rest = ""] = (ns / 1e9).toFixed(6).split(".");
  return `${whole}.${rest.slice(0, 3)} ${rest.slice(3)}`;
}

export function playedText(played: Played): string {
  const at = `${secondsText(played.atNs)} s`;
  if (played.type === "press") return `${at}  ${played.line}  pressed`;
  if (played.type === "level") return `${at}  ${played.line}  ${played.active ? "active" : "inactive"}`;
  return `${at}  camera  frame ${played.sequence}`;
}

/** The tables, without what was played. */
export function replayLines(replay: TraceReplay): string[] {
  return [...headLines(replay), ...linesTable(replay), ...cameraLines(replay), ...verdictLines(replay)];
}

function headLines({ header, version, state, reason, lastNs, moments, leftBytes }: TraceReplay): string[] {
  const rows = [
    ["trace", version === 1 ? "version 1, of another Sill" : `version 2, of Sill ${header.sill}`],
  ];
  if (version === 2) {
    const how = header.by === "house" ? "beside a running doorbell" : "without a running doorbell";
    rows.push(["machine", `${header.machine}, Linux ${header.kernel}`], ["recorded", how]);
  }
  rows.push(["length", `${secondsText(lastNs)} s, ${moments} records`]);
  rows.push(["end", endText(state, reason, leftBytes)]);
  return textTable(rows);
}

const reasons: Readonly<Record<NonNullable<TraceReplay["reason"]>, string>> = {
  asked: "whole: it was stopped by hand",
  time: "whole: its time was over",
  full: "whole, but it had reached its limit: what came later is not in it",
  "house-gone": "whole: the doorbell beside it ended",
  "lines-lost": "whole: there were no lines left",
};

function endText(state: TraceReplay["state"], reason: TraceReplay["reason"], leftBytes: number): string {
  const left = leftBytes === 0 ? "" : `; ${leftBytes} bytes of half a last line were left out`;
  if (state === "open") return `version 1 has no end of its own${left}`;
  if (state === "cut" || reason === null) return `cut off: it has no closing record${left}`;
  return reasons[reason];
}

function linesTable({ lines, differences }: TraceReplay): string[] {
  if (lines.length === 0) return [];
  const rows = lines.map((line) => {
    const wire =
      line.chip === undefined
        ? line.driver
        : `${line.chip} ${line.offset}${line.activeLow === true ? " low" : ""}`;
    const isOutput = line.role === "chime" || line.role === "light";
    return [
      line.line,
      wire,
      isOutput ? "" : line.raw ? `${line.debounceMs} ms` : "as told",
      isOutput ? "" : String(line.edges),
      isOutput ? `${line.driven} driven` : String(line.outcomes),
      isOutput || differences === null ? "" : String(line.recorded),
      isOutput ? "" : line.edges === 0 ? "" : `${line.longestBurstMs.toFixed(1)} ms`,
      [line.missed > 0 ? `${line.missed} missed` : "", line.losses > 0 ? `lost ${line.losses}x` : ""]
        .join(" ")
        .trim(),
    ];
  });
  const head = ["LINE", "WIRE", "DEBOUNCE", "EDGES", "OUTCOMES", "RECORDED", "BOUNCE", "TROUBLE"];
  return ["", ...textTable([head, ...rows])];
}

function cameraLines({ camera, pictures, wallSteps, left }: TraceReplay): string[] {
  const lines: string[] = [];
  if (camera !== null) {
    const { frames, dropped, gapMs, troubles, width, height, fps } = camera;
    const gaps =
      gapMs === null
        ? ""
        : `, gaps ${gapMs.median.toFixed(1)} / ${gapMs.p99.toFixed(1)} / ${gapMs.most.toFixed(1)} ms (median, p99, most)`;
    lines.push(`camera  ${width}x${height} at ${fps}: ${frames} frames, ${dropped} dropped${gaps}`);
    if (troubles > 0) lines.push(`camera  stalled or failed ${troubles} times`);
  }
  if (pictures > 0)
    lines.push(`pictures  ${pictures}, masked and sealed; sill hal pictures opens them with a key`);
  if (wallSteps > 0) lines.push(`clock  the wall clock was set ${wallSteps} times meanwhile`);
  if (left > 0) lines.push(`left out  ${left} records that came too fast; nothing is compared from there on`);
  return lines.length === 0 ? [] : ["", ...lines];
}

function verdictLines({ differences, playedSha256 }: TraceReplay): string[] {
  const digest = `played  SHA-256 ${playedSha256}`;
  if (differences === null) return ["", digest, "another debounce than recorded: nothing was compared"];
  if (differences.length === 0) return ["", digest, "the replay gives what was recorded"];
  return [
    "",
    digest,
    `the replay differs from what was recorded in ${differences.length} places:`,
    ...places(differences),
  ];
}

const mostPlaces = 20;

function places(differences: readonly Difference[]): string[] {
  const rows = differences
    .slice(0, mostPlaces)
    .map(({ line, atNs, recorded, replayed }) => [
      `  ${secondsText(atNs)} s`,
      line,
      `recorded ${recorded ?? "nothing"}`,
      `replayed ${replayed ?? "nothing"}`,
    ]);
  const more = differences.length - rows.length;
  return [...textTable(rows), ...(more > 0 ? [`  and ${more} more; --json lists them all`] : [])];
}
