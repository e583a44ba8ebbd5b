/**
 * `sill replay`: the command line of daemon/eye/replay, which does the work.
 */
import type { Command } from "../command.ts";

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
  },
  takesSettings: true,
  examples: [
    ["sill replay walk.mp4", "events in words"],
    ["sill replay walk.mp4 --json --frames", "every frame, for a program"],
    ["sill replay *.mp4 --out clips --motion.sensitivity=70", "what another sensitivity would record"],
  ],
  run: async ({ operands, value, has, settings, terminal }) => {
    const { replayCommand } = await import("../../eye/replay/command.ts");
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
        stdout: (text) => terminal.out(text.replace(/\n$/u, "")),
        terminal: terminal.progress,
        signal: interrupted.signal,
      });
    } finally {
      process.off("SIGINT", interrupt);
    }
  },
};
