/**
 * `sill calibrate ...`: what the motion journal says about settings, from a data folder, read-only.
 */
import { worthOf } from "../../calibration/past.ts";
import { noiseOf } from "../../calibration/noise.ts";
import { pastIn } from "../../calibration/past.ts";
import { previewOf } from "../../calibration/preview.ts";
import { proposeOf } from "../../calibration/propose/propose.ts";
import { walkHtml } from "../../calibration/walk-html.ts";
import { checkKept } from "../../calibration/walk-kept.ts";
import { walkOf } from "../../calibration/walk.ts";
import { motionOf } from "../../sight/drawn.ts";
import { newId } from "../../wire/id.ts";
import { openPast, type Past } from "../calibrate/open.ts";
import { reportLines, type Report } from "../calibrate/report-text.ts";
import { walkLines } from "../calibrate/walk-text.ts";
import { whenOptions } from "../calibrate/when.ts";
import { jsonOption, type Command } from "../command.ts";
import { writeNewFile } from "../new-file.ts";

export const calibrateReport: Command = {
  operands: "",
  arity: [0, 0],
  about: [
    "Says what the motion journal holds, which events there were by hour and by cause, how far up the",
    "quiet hours reach in every zone, and which sensitivities lie between them and the events.",
  ].join("\n"),
  options: { ...whenOptions, json: jsonOption },
  takesSettings: true,
  examples: [
    ["sill calibrate report --last 24h", "the last day"],
    ["sill calibrate report --json --data ./copy", "of a copied folder, for programs"],
  ],
  run: async (call) => {
    const report = reportOf(await openPast(call));
    if (call.has("json")) return call.terminal.out(JSON.stringify(report, null, 2));
    for (const line of reportLines(report)) call.terminal.out(line);
  },
};

export const calibratePropose: Command = {
  operands: "",
  arity: [0, 0],
  about: [
    "Looks for the smallest change of sensitivities that removes every event marked as a false alarm and",
    "loses none marked as good. Changes nothing: save what it says on the page or in the settings.",
  ].join("\n"),
  options: { ...whenOptions, json: jsonOption },
  takesSettings: true,
  examples: [["sill calibrate propose --last 7d", "what to change, in words"]],
  run: async (call) => {
    const { tracks, drawn, settings, events } = await openPast(call);
    const proposal = proposeOf(tracks, { drawn, settings: settings.motion }, events);
    if (call.has("json")) return call.terminal.out(JSON.stringify(proposal, null, 2));
    for (const sentence of proposal.words) call.terminal.out(sentence);
  },
};

export const calibrateWalk: Command = {
  operands: "",
  arity: [0, 0],
  about: [
    "Judges a walk in front of the doorbell: seen or not, how late, in which zone, along which path.",
    "The newest minute of the motion journal, unless told otherwise.",
  ].join("\n"),
  options: {
    ...whenOptions,
    name: { value: "TEXT", about: "What the walk is called in the report" },
    by: { value: "TEXT", about: "Who walked" },
    html: { value: "FILE", about: "Write the report there, as a page to hand over" },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill calibrate walk --last 60s", "the walk that was just taken"],
    ['sill calibrate walk --from "2026-01-31 12:00" --to "2026-01-31 12:02" --html walk.html', "a report"],
  ],
  run: async (call) => {
    const { tracks, drawn, settings } = await openPast(withLastMinute(call));
    checkKept(tracks);
    const walk = walkOf(tracks, {
      id: newId(tracks.span.fromWallMs),
      name: call.value("name") ?? "Walk test",
      by: call.value("by") ?? "somebody",
      notes: [],
      drawn,
      settings: settings.motion,
    });
    const html = call.value("html");
    if (html !== null) writeNewFile(html, (append) => append(Buffer.from(walkHtml(walk))));
    if (call.has("json")) return call.terminal.out(JSON.stringify(walk, null, 2));
    for (const line of walkLines(walk)) call.terminal.out(line);
    if (html !== null) call.terminal.err(`the report is in ${html}`);
  },
};

type RunCall = Parameters<Command["run"]>[0];

function withLastMinute(call: RunCall): RunCall {
  const named = ["from", "to", "last"].some((option) => call.value(option) !== null);
  return named ? call : { ...call, value: (option) => (option === "last" ? "60s" : call.value(option)) };
}

function reportOf({ held, tracks, drawn, settings, events }: Past): Report {
  const motion = motionOf(drawn, settings.motion);
  const { byHour, byCause } = previewOf(tracks, motion, events);
  const told = pastIn(tracks, events);
  const marked = (mark: "good" | "false"): number => told.filter((event) => worthOf(event) === mark).length;
  const { span, bytes, gaps } = held;
  return {
    journal: { span, bytes, gaps },
    span: tracks.span,
    events: { told: told.length, good: marked("good"), false: marked("false") },
    byHour,
    byCause,
    zones: noiseOf(tracks, events).map((zone, z) => ({
      ...zone,
      sensitivity: drawn.zones[z]?.sensitivity ?? motion.sensitivity,
    })),
  };
}
