/**
 * `sill hal list`: cameras, GPIO chips and encoders, with the setting that picks each.
 */
import { jsonOption, type Command } from "../command.ts";
import { listHardware } from "../hardware.ts";
import { textTable } from "../table.ts";

export const halList: Command = {
  operands: "",
  arity: [0, 0],
  about: "Lists what of this machine the doorbell could use, and the setting that picks it.",
  options: { json: jsonOption },
  takesSettings: false,
  examples: [["sill hal list --json", "for programs"]],
  run: async ({ has, terminal }) => {
    const devices = await listHardware();
    if (has("json")) return terminal.out(JSON.stringify(devices, null, 2));
    const rows = devices.map(({ kind, name, about, setting }) => [kind, name, about, setting ?? ""]);
    for (const line of textTable([["KIND", "NAME", "WHAT", "SETTING"], ...rows])) terminal.out(line);
    for (const { fault } of devices) if (fault?.hint !== undefined) terminal.err(`hint: ${fault.hint}`);
    const isThere = (wanted: string): boolean => devices.some(({ kind }) => kind === wanted);
    if (!isThere("camera"))
      terminal.err("No V4L2 camera here. RTSP cameras are not searched for: set camera.source to rtsp://...");
    if (!isThere("gpio")) terminal.err("No GPIO chip here. The simulated porch needs neither: sill run");
  },
};
