/**
 * `sill hal record` and `sill hal replay`: what the hardware did, into a file and out of it.
 */
import { createReadStream, statSync } from "node:fs";
import { systemClock } from "../../../hal/clock.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import { mostPicturesPerS, pictureFolder } from "../../../hal/trace/pictures.ts";
import { defaultMaxBytes } from "../../../hal/trace/writer.ts";
import { lengthText, sizeText } from "../amounts.ts";
import { jsonOption, quote, type Call, type Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Feeling } from "../hal/felt.ts";
import { untilInterrupted } from "../hal/interrupt.ts";
import { lengthOf } from "../hal/length.ts";
import type { Recorded } from "../hal/record.ts";
import { playedText, replayLines } from "../hal/replay-text.ts";

const dayMs = 86_400_000;

export const halRecord: Command = {
  operands: "FILE [options]",
  arity: [1, 1],
  about: [
    "Records what button, PIR and other lines do, before and after debounce, as a trace that can be sent",
    "with a bug report and replayed anywhere. Beside a running doorbell it listens to it; else it takes the",
    "lines itself. Stops at Ctrl-C. No names, no places, no wall time; docs/traces.md says what is in it.",
    "With --frames some masked pictures go into FILE.pictures/, sealed to those who may watch.",
  ].join("\n"),
  options: {
    for: { value: "LENGTH", about: "Stop after so long: 60s, 10m, 1h" },
    lines: { value: "LIST", about: "button,pir,chime,light or chip:offset (all that the settings name)" },
    frames: { value: "N", about: "So many masked, sealed pictures a second, beside a running doorbell (0)" },
    max: {
      value: "MB",
      about: `Stop when file and pictures are so large (${defaultMaxBytes / 1024 / 1024})`,
    },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill hal record porch.trace.jsonl --for 60s", "a minute of what happens at the door"],
    ["sill hal record button.trace.jsonl --lines button", "press it until it goes wrong, then Ctrl-C"],
    ["sill hal record x.trace.jsonl --lines pinctrl-rp1:5", "a line that is none of the doorbell's"],
    ["sill hal record pale.trace.jsonl --for 60s --frames 1", "with a picture every second, for you alone"],
  ],
  run: async (call) => {
    const { recordTrace } = await import("../hal/record.ts");
    const { settings } = call.settings();
    const [file = ""] = call.operands;
    const { terminal } = call;
    const maxBytes = maxOf(call);
    using until = untilInterrupted(systemClock, lengthOf(call, "for", dayMs));
    const recorded = await recordTrace({
      settings,
      file,
      names: call.value("lines"),
      maxBytes,
      picturesPerS: picturesOf(call),
      clock: systemClock,
      until,
      onStarted: (feeling) => terminal.err(startedText(feeling)),
    });
    if (call.has("json")) return terminal.out(JSON.stringify({ file, ...recorded }));
    terminal.out(recordedText(file, recorded));
  },
};

function maxOf(call: Call): number {
  const text = call.value("max");
  if (text === null) return defaultMaxBytes;
  const mb = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  if (mb >= 1 && mb <= 1_000) return mb * 1024 * 1024;
  throw new Fault(
    "invalid",
    `--max ${quote(text)} is not allowed; allowed: a whole number of MB from 1 to 1000`,
  );
}

function picturesOf(call: Call): number {
  const text = call.value("frames");
  if (text === null) return 0;
  const perSecond = /^\d(?:\.\d{1,2})?$/u.test(text) ? Number(text) : 0;
  if (perSecond >= 0.1 && perSecond <= mostPicturesPerS) return perSecond;
  throw new Fault(
    "invalid",
    `--frames ${quote(text)} is not allowed; allowed: pictures a second, from 0.1 to ${mostPicturesPerS}`,
  );
}

function startedText({ lines, by }: Feeling): string {
  const names = lines.map(({ line, name }) => (line === name ? line : `${line} (${name})`)).join(", ");
  const where = by === "house" ? "beside the running doorbell" : "no doorbell runs here: the lines are taken";
  return `recording ${names}; ${where}. Ctrl-C ends it.`;
}

const endings: Readonly<Record<Recorded["reason"], string>> = {
  asked: "",
  time: "",
  full: "; the limit was reached and what came later is not in it (--max)",
  "house-gone": "; the doorbell ended",
  "lines-lost": "; the lines were lost",
};

function recordedText(file: string, recorded: Recorded): string {
  const { reason, bytes, pictureBytes, lengthMs, counts } = recorded;
  const what = [
    [counts.edge, "edges"],
    [counts.outcome, "presses and PIR edges"],
    [counts.output, "times driven"],
    [counts.frame, "frames"],
    [counts.left, "gaps because it came too fast"],
  ] as const;
  const told = what.flatMap(([count, words]) => (count === undefined ? [] : [`${count} ${words}`]));
  const content = told.length === 0 ? "nothing moved" : told.join(", ");
  const pictures =
    counts.picture === undefined
      ? ""
      : `; ${counts.picture} sealed pictures in ${pictureFolder(file)}, ${sizeText(pictureBytes)}`;
  return `${file}: ${lengthText(lengthMs)}, ${content}, ${sizeText(bytes)}${pictures}${endings[reason]}`;
}

export const halReplay: Command = {
  operands: "FILE [options]",
  arity: [1, 1],
  about: [
    "Plays a trace without any hardware: its edges go through the doorbell's own debounce again. The same",
    "file always gives the same bytes. Exit code 8 when that is not what was recorded, or the file is damaged.",
  ].join("\n"),
  options: {
    debounce: { value: "MS", about: "What would have been pressed with this debounce; compares nothing" },
    frames: { about: "One line for every frame too" },
    json: { about: "One JSON object per line: what was played, then a summary" },
  },
  takesSettings: false,
  examples: [
    ["sill hal replay porch.trace.jsonl", "presses, PIR edges, and whether they are what was recorded"],
    ["sill hal replay button.trace.jsonl --debounce 5", "what a shorter debounce would have made of it"],
    ["sill hal replay porch.trace.jsonl --json", "for programs; the last line is the summary"],
  ],
  run: async (call) => {
    const { replayTrace } = await import("../../../hal/trace/replay.ts");
    const [file = ""] = call.operands;
    const { terminal } = call;
    const [json, frames] = [call.has("json"), call.has("frames")];
    const debounceMs = debounceOf(call);
    try {
      checkFile(file);
      const replay = await replayTrace({
        chunks: createReadStream(file),
        debounceMs,
        onPlayed: (played) => {
          if (played.type === "frame" && !frames) return;
          terminal.out(json ? JSON.stringify(played) : playedText(played));
        },
      });
      if (json) terminal.out(JSON.stringify({ type: "summary", ...replay }));
      else for (const line of replayLines(replay)) terminal.out(line);
      return (replay.differences ?? []).length === 0 ? undefined : exitCodes.corrupt.code;
    } catch (error) {
      const { kind, message, hint } = toFault(error);
      throw new Fault(kind, `${file}: ${message}`, { hint, cause: error });
    }
  },
};

function checkFile(file: string): void {
  if (!statSync(file).isFile()) throw new Fault("invalid", "this is no file");
}

function debounceOf(call: Call): number | undefined {
  const text = call.value("debounce");
  if (text === null) return undefined;
  const ms = /^\d{1,4}(?:\.\d{1,3})?$/u.test(text) ? Number(text) : Number.NaN;
  if (ms <= 1_000) return ms;
  throw new Fault(
    "invalid",
    `--debounce ${quote(text)} is not allowed; allowed: milliseconds from 0 to 1000`,
  );
}
