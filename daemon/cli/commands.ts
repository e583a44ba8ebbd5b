/**
 * The table of commands. Each is loaded only when it is called, so that `sill version` never
 * pays for GStreamer.
 */
import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly summary: string;
  /** Started by the supervisor, not by people. */
  readonly hidden?: true;
  load(): Promise<Command>;
}

/** In the order of the help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  run: {
    summary: "Run the doorbell: camera, recording, page and API",
    load: async () => (await import("./commands/run.ts")).run,
  },
  version: {
    summary: "Print the version",
    load: async () => (await import("./commands/version.ts")).version,
  },
  eye: {
    summary: "The process that sees the camera",
    hidden: true,
    load: async () => (await import("./commands/process.ts")).eye,
  },
  keeper: {
    summary: "The process that keeps the store and serves the page",
    hidden: true,
    load: async () => (await import("./commands/process.ts")).keeper,
  },
  courier: {
    summary: "The process that may reach the outside",
    hidden: true,
    load: async () => (await import("./commands/process.ts")).courier,
  },
};
