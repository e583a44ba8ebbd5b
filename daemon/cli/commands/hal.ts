/**
 * `sill hal list`: cameras, GPIO chips and encoders, with the setting that picks each.
 */
import { jsonOption, type Command } from "../command.ts";
import { hardwareText } from "../hardware.ts";
import { textTable } from "../table.ts";

export const halList: Command = {
  operands: "",
  arity: [0, 0],
  about: "Lists what of this machine the doorbell could use, and the setting that picks it.",
  options: { json: jsonOption },
  takesSettings: false,
  examples: [["sill hal list --json", "with every GPIO line and GStreamer element, for programs"]],
  run: async ({ has, terminal }) => {
    const { listHardware } = await import("../../../hal/list.ts");
    const found = await listHardware();
    if (has("json")) return terminal.out(JSON.stringify(found, null, 2));
    const { rows, hints } = hardwareText(found);
    for (const line of textTable([["KIND", "NAME", "WHAT", "SETTING"], ...rows])) terminal.out(line);
    for (const hint of hints) terminal.err(`hint: ${hint}`);
  },
};
