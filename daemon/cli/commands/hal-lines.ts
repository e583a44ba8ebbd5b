/**
 * `sill hal watch` and `sill hal pulse`: lines live, and an output driven.
 */
import { systemClock } from "../../../hal/clock.ts";
import { Fault } from "../../../hal/fault.ts";
import { quote, type Call, type Command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { untilInterrupted } from "../hal/interrupt.ts";
import { lengthOf } from "../hal/length.ts";

const dayMs = 86_400_000;
const mostPulseMs = 60_000;

export const halWatch: Command = {
  operands: "[options]",
  arity: [0, 0],
  about: [
    "Shows button, PIR, chime and light live: level, edges before debounce, and the last ten seconds.",
    "Beside a running doorbell it shows what that feels and does; else it takes the lines itself.",
    "Piped into a file or program it prints one line per edge. Ctrl-C ends it.",
  ].join("\n"),
  options: {
    lines: { value: "LIST", about: "button,pir,chime,light or chip:offset (all that the settings name)" },
    for: { value: "LENGTH", about: "Stop after so long: 60s, 10m, 1h" },
    json: { about: "One JSON object per line" },
  },
  takesSettings: true,
  examples: [
    ["sill hal watch", "press the button and see it bounce"],
    ["sill hal watch --lines pinctrl-rp1:5,pinctrl-rp1:6", "which pin is it wired to?"],
    ["sill hal watch --for 60s > edges.txt", "one line per edge"],
  ],
  run: async (call) => {
    const { watchLines } = await import("../hal/watch.ts");
    const { settings } = call.settings();
    using until = untilInterrupted(systemClock, lengthOf(call, "for", dayMs));
    await watchLines({
      settings,
      names: call.value("lines"),
      clock: systemClock,
      until,
      terminal: call.terminal,
      json: call.has("json"),
    });
  },
};

export const halPulse: Command = {
  operands: "LINE [options]",
  arity: [1, 1],
  about: [
    "Drives an output for a moment: chime, light, or a line by its place (chip:offset). It is inactive again",
    "afterwards, also after Ctrl-C. What is wired as an input of the doorbell is refused without --force.",
  ].join("\n"),
  options: {
    for: { value: "LENGTH", about: "How long it is active (200ms)" },
    times: { value: "N", about: "How often (1)" },
    every: { value: "LENGTH", about: "From one beginning to the next (1s)" },
    force: { about: "Drive an input of the doorbell, too" },
  },
  takesSettings: true,
  examples: [
    ["sill hal pulse chime", "does it sound?"],
    ["sill hal pulse light --for 500ms --times 3", "does it blink?"],
    ["sill hal pulse pinctrl-rp1:24 --for 50ms", "a line that is none of the doorbell's"],
  ],
  run: async (call) => {
    const { pulseLine } = await import("../hal/pulse.ts");
    const { settings } = call.settings();
    const [name = ""] = call.operands;
    const times = timesOf(call);
    const everyMs = lengthOf(call, "every", mostPulseMs) ?? 1_000;
    const forMs = lengthOf(call, "for", mostPulseMs);
    using until = untilInterrupted(systemClock, null);
    await pulseLine({
      settings,
      name,
      forMs,
      times,
      everyMs,
      force: call.has("force"),
      clock: systemClock,
      until,
      onPulse: (number, line) => call.terminal.out(`${line}: driven ${number} of ${times}`),
    });
    return until.signal.aborted ? exitCodes.cancelled.code : undefined;
  },
};

function timesOf(call: Call): number {
  const text = call.value("times");
  if (text === null) return 1;
  const times = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  if (times >= 1 && times <= 1_000) return times;
  throw new Fault("invalid", `--times ${quote(text)} is not allowed; allowed: a whole number from 1 to 1000`);
}
