/**
 * `sill replay`: the command line of daemon/eye/replay, which does the work.
 */
import { Fault } from "../../../hal/fault.ts";
import type { ReplayCommand } from "../../eye/replay/command.ts";
import type { Call, Command } from "../command.ts";
import { writeNewFile } from "../new-file.ts";

export const replay: Command = {
  operands: "FILE...",
  arity: [1, Number.POSITIVE_INFINITY],
  about: [
    "Runs the eye's pipeline over video files as fast as it can and prints the events it would have made.",
    "The same files and settings always print the same events. Without --policy nothing is masked.",
  ].join("\n"),
  options: {
    policy: { value: "FILE", about: "Mask with this: {propertyLine, privacyZones} or a signed policy" },
    settings: { value: "FILE", about: "Settings file, in place of --config" },
    json: { about: "One JSON object per line: events, then a summary for each file" },
    frames: { about: "One line for every frame too" },
    out: {
      value: "DIR",
      about: "Write the recorded clips there, sealed; clips of an earlier replay are never overwritten",
    },
    "seal-to": {
      value: "age1...",
      about: "Whom the clips are sealed to; without it, to a new key: identity.txt beside them",
    },
    sweep: {
      value: "RANGE",
      about: "Instead of events, a table of what every sensitivity would see: sensitivity=FROM..TO:STEP",
    },
    svg: { value: "FILE", about: "With --sweep: draw the table there, as SVG" },
    labels: {
      value: "FILE",
      about:
        "With --sweep: what really moved, as JSON; the table then says how much was found, how much false",
    },
  },
  takesSettings: true,
  examples: [
    ["sill replay walk.mp4", "events in words"],
    ["sill replay walk.mp4 --json --frames", "every frame, for a program"],
    ["sill replay walk.mp4 --sweep sensitivity=0..100:5 --svg sweep.svg", "which sensitivity sees what"],
    ["sill replay *.mp4 --out clips --motion.sensitivity=70", "what another sensitivity would record"],
  ],
  run: async ({ operands, value, has, settings, terminal }) => {
    const { replayCommand } = await import("../../eye/replay/command.ts");
    const sweep = await sweepOf({ operands, value });
    const interrupted = new AbortController();
    const interrupt = (): void => interrupted.abort();
    process.once("SIGINT", interrupt);
    try {
      await replayCommand({
        files: operands,
        settings: settings(value("settings") ?? undefined).settings,
        policyFile: value("policy"),
        json: has("json"),
        frames: has("frames"),
        out: value("out"),
        sealTo: value("seal-to"),
        sweep,
        stdout: (text) => terminal.out(text.replace(/\n$/u, "")),
        warn: terminal.err,
        terminal: terminal.progress,
        signal: interrupted.signal,
      });
    } finally {
      process.off("SIGINT", interrupt);
    }
  },
};

/** Null without --sweep. The plot's file is opened last: what fails leaves none. */
async function sweepOf({
  operands,
  value,
}: Pick<Call, "operands" | "value">): Promise<ReplayCommand["sweep"]> {
  const [range, svg, labels] = [value("sweep"), value("svg"), value("labels")];
  if (range === null) {
    const alone = svg === null ? labels : svg;
    if (alone === null) return null;
    throw new Fault("invalid", `--${svg === null ? "labels" : "svg"} goes with --sweep`, {
      hint: "--sweep sensitivity=0..100:5",
    });
  }
  if (operands.length > 1 && (svg !== null || labels !== null))
    throw new Fault("invalid", "--svg and --labels are for one video", { hint: "one video at a time" });
  const { sweepOf: valuesOf } = await import("../../eye/replay/sweep/range.ts");
  const { readLabels } = await import("../../eye/replay/sweep/labels.ts");
  return {
    sensitivities: valuesOf(range),
    labels: labels === null ? null : await readLabels(labels),
    draw: svg === null ? null : (text) => writeNewFile(svg, (append) => append(Buffer.from(text))),
  };
}
