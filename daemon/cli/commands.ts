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
  pair: {
    summary: "Print the one-time code that makes you the owner",
    load: async () => (await import("./commands/pair.ts")).pair,
  },
  "events list": {
    summary: "List rings and movements, newest first",
    load: async () => (await import("./commands/events.ts")).eventsList,
  },
  "events show": {
    summary: "Show one event",
    load: async () => (await import("./commands/events.ts")).eventsShow,
  },
  "clips list": {
    summary: "List recorded clips, newest first",
    load: async () => (await import("./commands/clips.ts")).clipsList,
  },
  "clips export": {
    summary: "Open one clip with an identity and write it as a playable MP4 file",
    load: async () => (await import("./commands/clips.ts")).clipsExport,
  },
  "ledger show": {
    summary: "List what happened: who was shown what, who decided what",
    load: async () => (await import("./commands/ledger.ts")).ledgerShow,
  },
  "ledger verify": {
    summary: "Check that nobody changed the ledger, or an exported file of one",
    load: async () => (await import("./commands/ledger.ts")).ledgerVerify,
  },
  "ledger export": {
    summary: "Write the whole ledger as a file that anybody can check",
    load: async () => (await import("./commands/ledger.ts")).ledgerExport,
  },
  "parcel open": {
    summary: "Open a parcel of your archive and write its recordings as playable MP4 files",
    load: async () => (await import("./commands/parcel.ts")).parcelOpen,
  },
  identity: {
    summary: "Make an identity file, which opens recordings, from the recovery words",
    load: async () => (await import("./commands/identity.ts")).identity,
  },
  "config check": {
    summary: "Check the settings and list every problem",
    load: async () => (await import("./commands/config.ts")).configCheck,
  },
  "config show": {
    summary: "Show every setting in force and where it came from",
    load: async () => (await import("./commands/config.ts")).configShow,
  },
  "config example": {
    summary: "Print a settings file with every setting explained",
    load: async () => (await import("./commands/config.ts")).configExample,
  },
  "config reference": {
    summary: "Explain every setting: range, default, variable, flag",
    load: async () => (await import("./commands/config.ts")).configReference,
  },
  "hal list": {
    summary: "List cameras, GPIO chips and encoders found here",
    load: async () => (await import("./commands/hal.ts")).halList,
  },
  "hal watch": {
    summary: "Show lines live: level, edges, the last seconds",
    load: async () => (await import("./commands/hal-lines.ts")).halWatch,
  },
  "hal pulse": {
    summary: "Drive the chime, the light or another output for a moment",
    load: async () => (await import("./commands/hal-lines.ts")).halPulse,
  },
  "hal record": {
    summary: "Record what button, PIR and other lines do, as a trace for a bug report",
    load: async () => (await import("./commands/hal-trace.ts")).halRecord,
  },
  "hal replay": {
    summary: "Play a recorded trace without hardware, and compare",
    load: async () => (await import("./commands/hal-trace.ts")).halReplay,
  },
  "hal pictures": {
    summary: "Open the sealed pictures of a trace with an identity",
    load: async () => (await import("./commands/hal-pictures.ts")).halPictures,
  },
  selftest: {
    summary: "Test camera, lines, disk and board, and say what to do",
    load: async () => (await import("./commands/selftest.ts")).selftest,
  },
  "calibrate report": {
    summary: "Say what the motion journal holds, and which sensitivities it suggests",
    load: async () => (await import("./commands/calibrate.ts")).calibrateReport,
  },
  "calibrate propose": {
    summary: "Find the smallest change that silences the marked false alarms",
    load: async () => (await import("./commands/calibrate.ts")).calibratePropose,
  },
  "calibrate labels": {
    summary: "Say from how sure on a label counts, and what the corrections propose",
    load: async () => (await import("./commands/calibrate-labels.ts")).calibrateLabels,
  },
  "calibrate walk": {
    summary: "Judge a walk in front of the doorbell: seen or not, and how late",
    load: async () => (await import("./commands/calibrate.ts")).calibrateWalk,
  },
  "models list": {
    summary: "List the models that can say what moved",
    load: async () => (await import("./commands/models.ts")).modelsList,
  },
  "models add": {
    summary: "Add a detector of your own (ONNX), checked and tried",
    load: async () => (await import("./commands/models.ts")).modelsAdd,
  },
  "models check": {
    summary: "Check a model and try it on the simulated porch",
    load: async () => (await import("./commands/models.ts")).modelsCheck,
  },
  "models bench": {
    summary: "Measure how long a model takes on this machine",
    load: async () => (await import("./commands/models.ts")).modelsBench,
  },
  "models remove": {
    summary: "Remove a model that was added",
    load: async () => (await import("./commands/models.ts")).modelsRemove,
  },
  replay: {
    summary: "Run the doorbell's eye over video files and print what it would have seen",
    load: async () => (await import("./commands/replay.ts")).replay,
  },
  version: {
    summary: "Print the version",
    load: async () => (await import("./commands/version.ts")).version,
  },
  "index check": {
    summary: "Read the whole index through, for the self-test",
    hidden: true,
    load: async () => (await import("./commands/index-check.ts")).indexCheck,
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
  rtsp: {
    summary: "The process that gives the picture to systems of the house",
    hidden: true,
    load: async () => (await import("./commands/process.ts")).rtsp,
  },
};
