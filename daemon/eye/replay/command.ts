/**
 * `sill replay`: files in, lines out.
 *
 * Opens each file with the same driver the doorbell uses, prints JSON lines or words, and draws a
 * progress bar on a terminal's standard error.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Settings } from "../../../config/schema.ts";
import { systemClock } from "../../../hal/clock.ts";
import { toFault } from "../../../hal/fault.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import { parseTrace } from "../../../hal/replay/trace.ts";
import { readPolicy } from "../mask/policy-file.ts";
import type { ReplayLine } from "./lines.ts";
import { replayFile, wholePicture, type ReplayOptions } from "./replay.ts";
import { lineText, ProgressBar } from "./words.ts";

export interface ReplayCommand {
  readonly files: readonly string[];
  readonly settings: Settings;
  readonly policyFile: string | null;
  readonly json: boolean;
  readonly frames: boolean;
  readonly out: string | null;
  readonly stdout: (text: string) => void;
  /** Standard error, when it is a terminal. */
  readonly terminal: ((text: string) => void) | null;
  readonly signal?: AbortSignal;
}

export async function replayCommand(command: ReplayCommand): Promise<void> {
  const policy = command.policyFile === null ? wholePicture : await readPolicy(command.policyFile);
  await using jpeg = command.out === null ? null : await openJpegEncoder();
  for (const file of command.files) {
    const bar = command.terminal === null ? null : new ProgressBar(basename(file), command.terminal);
    const print = (line: ReplayLine): void => {
      bar?.clear();
      command.stdout(`${command.json ? JSON.stringify(line) : lineText(line)}\n`);
    };
    const options: ReplayOptions = {
      file,
      settings: command.settings,
      policy,
      presses: await pressesOf(file),
      frames: command.frames,
      out: outFolder(command, file),
      jpeg,
      print,
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

/** With several files each gets a folder of its own under --out. */
function outFolder({ out, files }: ReplayCommand, file: string): string | null {
  if (out === null) return null;
  return files.length === 1 ? out : join(out, basename(file).replace(/\.[^.]*$/, ""));
}

async function pressesOf(file: string): Promise<ReplayOptions["presses"]> {
  const path = `${file}.trace.jsonl`;
  if (!existsSync(path)) return [];
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw toFault(error, "cannot read the trace beside the video");
  });
  return parseTrace(text)
    .edges.filter((edge) => edge.line === "button" && edge.active)
    .map((edge) => ({ monoMs: edge.atMs }));
}
