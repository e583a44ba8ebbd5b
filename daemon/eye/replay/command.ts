/**
 * `sill replay`: files in, lines out.
 *
 * Opens each file with the same driver the doorbell uses, prints JSON lines or words, and draws a
 * progress bar on a terminal's standard error.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Settings } from "../../../config/schema.ts";
import { systemClock } from "../../../hal/clock.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import { toFault } from "../../../hal/fault.ts";
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { openDetector } from "../../../models/open.ts";
import type { MaskShape } from "../../policy/shape.ts";
import { readTrace, tracePath } from "../../../hal/replay/trace.ts";
import { parseRecipient, type Recipient } from "../../seal/age/keys.ts";
import { wholePicture } from "../mask/whole-picture.ts";
import type { ReplayLine, SweepLine } from "./lines.ts";
import { PatientDetector } from "./patient.ts";
import { readShape } from "./shape-file.ts";
import { replayFile, type ReplayOptions, type SweepPlan } from "./replay.ts";
import { sweepPlot } from "./sweep/plot.ts";
import { lineText, ProgressBar } from "./words.ts";

/** For one picture. */
const patienceMs = 60_000;
const restMs = 1_000;

export interface ReplayCommand {
  readonly files: readonly string[];
  readonly settings: Settings;
  readonly policyFile: string | null;
  readonly json: boolean;
  readonly frames: boolean;
  readonly out: string | null;
  /** `age1...`: whom the clips are sealed to; null = to a key that is left beside them. */
  readonly sealTo: string | null;
  /** Try these sensitivities instead of printing events; `draw` gets the plot of each file. */
  readonly sweep: (SweepPlan & { readonly draw: ((svg: string) => void) | null }) | null;
  readonly stdout: (text: string) => void;
  /** Standard error, whatever it is: a whole line. */
  readonly warn: (line: string) => void;
  /** Standard error, when it is a terminal. */
  readonly terminal: ((text: string) => void) | null;
  readonly signal?: AbortSignal;
}

export async function replayCommand(command: ReplayCommand): Promise<void> {
  const shape = command.policyFile === null ? wholePicture : await readShape(command.policyFile);
  const folders = outFolders(command);
  const sealTo = command.sealTo === null ? null : parseRecipient(command.sealTo);
  await using jpeg = command.out === null ? null : await openJpegEncoder();
  const detector = await detectorFor(command);
  try {
    await replayAll(command, { shape, folders, sealTo, jpeg, detector });
  } finally {
    await detector?.close();
  }
}

/** A sweep asks about motion alone. Without a model that answers, the events are those of motion alone, and it is said. */
async function detectorFor({ settings, sweep, warn }: ReplayCommand): Promise<PatientDetector | null> {
  // nothing is live: an answer may take its time
  const timeoutMs = Math.max(settings.what.timeoutMs, patienceMs);
  const what = { ...settings.what, timeoutMs };
  const detector = sweep === null ? openDetector({ ...settings, what }, systemClock) : null;
  if (detector === null) return null;
  try {
    await detector.ready();
  } catch (error) {
    await detector.close();
    warn(`what moved is not told: ${toFault(error).message}`);
    return null;
  }
  const rest = (): Promise<void> => new Promise((resolve) => void systemClock.after(restMs, resolve));
  return new PatientDetector({ detector, rest, warn });
}

interface Prepared {
  readonly shape: MaskShape;
  readonly folders: readonly (string | undefined)[];
  readonly sealTo: Recipient | null;
  readonly jpeg: JpegEncoder | null;
  readonly detector: PatientDetector | null;
}

async function replayAll(command: ReplayCommand, prepared: Prepared): Promise<void> {
  const { shape, folders, sealTo, jpeg, detector } = prepared;
  for (const [index, file] of command.files.entries()) {
    const bar = command.terminal === null ? null : new ProgressBar(basename(file), command.terminal);
    const folder = folders[index];
    const print = (line: ReplayLine): void => {
      if (command.sweep !== null && (line.type === "event" || line.type === "frame")) return;
      bar?.clear();
      if (line.type === "sweep") command.sweep?.draw?.(plotOf(line, command.settings));
      command.stdout(`${command.json ? JSON.stringify(line) : lineText(line)}\n`);
    };
    const options: ReplayOptions = {
      file,
      settings: command.settings,
      shape,
      presses: await pressesOf(file),
      frames: command.frames,
      out: folder === undefined ? null : { folder, sealTo, jpeg },
      print,
      detector,
      ...(command.sweep === null ? {} : { sweep: command.sweep }),
      progress: (doneFrac) => bar?.show(doneFrac),
      ...(command.signal === undefined ? {} : { signal: command.signal }),
    };
    const { width, height, fps, stallMs } = command.settings.camera;
    await using camera = await gstCamera({
      source: file,
      width,
      height,
      fps,
      stallMs,
      clock: systemClock,
      file: true,
    }).open(command.signal);
    try {
      await replayFile(camera, options);
    } finally {
      bar?.clear();
    }
  }
}

function plotOf({ file, rows, positives }: SweepLine, { motion }: Settings): string {
  return sweepPlot(rows, { title: basename(file), current: motion.sensitivity, positives });
}

/** With several files each gets a folder of its own under --out, named after it. */
function outFolders({ out, files }: ReplayCommand): string[] {
  if (out === null) return [];
  if (files.length === 1) return [out];
  const taken = new Set<string>();
  return files.map((file) => {
    const name = basename(file).replace(/\.[^.]*$/, "");
    let free = name;
    for (let n = 2; taken.has(free); n += 1) free = `${name}-${n}`;
    taken.add(free);
    return join(out, free);
  });
}

async function pressesOf(file: string): Promise<ReplayOptions["presses"]> {
  const path = tracePath(file);
  if (!existsSync(path)) return [];
  const { edges } = await readTrace(path);
  return edges.filter((edge) => edge.line === "button" && edge.active).map((edge) => ({ monoMs: edge.atMs }));
}
