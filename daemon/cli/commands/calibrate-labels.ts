/**
 * `sill calibrate labels`: from how sure on each label should count, by what somebody corrected. Read-only.
 */
import { openLabels } from "../calibrate/open-labels.ts";
import { labelLines } from "../calibrate/labels-text.ts";
import { whenOptions } from "../calibrate/when.ts";
import { jsonOption, type Command } from "../command.ts";

export const calibrateLabels: Command = {
  operands: "",
  arity: [0, 0],
  about: [
    "Says from how sure on each label counts, and which threshold the corrections of events speak for.",
    "Changes nothing: use what it says on the page Calibrate.",
  ].join("\n"),
  options: { ...whenOptions, json: jsonOption },
  takesSettings: true,
  examples: [["sill calibrate labels --last 48h", "by what was corrected since then"]],
  run: async (call) => {
    const thresholds = await openLabels(call);
    if (call.has("json")) return call.terminal.out(JSON.stringify(thresholds, null, 2));
    for (const line of labelLines(thresholds)) call.terminal.out(line);
  },
};
