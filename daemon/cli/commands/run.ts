/**
 * `sill run`: the supervisor with its three processes, until Ctrl-C or SIGTERM.
 */
import type { Command } from "../command.ts";

export const run: Command = {
  operands: "",
  arity: [0, 0],
  about: "Runs until Ctrl-C. Without settings it plays the simulated porch: no camera or wiring is needed.",
  options: {},
  takesSettings: true,
  examples: [
    ["sill run", "the simulated porch on http://127.0.0.1:8460"],
    ["sill run --camera.driver=gst --camera.source=/dev/video0", "a USB camera"],
    ["sill run --web.host=0.0.0.0", "open the page to the home network"],
  ],
  run: async ({ settings, argv, terminal }) => {
    const supervisor = await import("../../main.ts");
    const [, entry = ""] = process.argv;
    return supervisor.runSupervisor(settings().settings, {
      entry,
      argv,
      print: terminal.out,
      warn: terminal.err,
    });
  },
};
