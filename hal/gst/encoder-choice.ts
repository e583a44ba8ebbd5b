/**
 * Encoder choice: which H.264 encoders of this machine can do the work, best first, and why not the
 * others? Pure.
 *
 * Hardware comes first: it leaves the processor to motion. A Raspberry Pi up to the 4 (and Zero 2 W)
 * has an encoder as a V4L2 device; a Pi 5 has none. GStreamer knows v4l2h264enc only where it could
 * open that device when it last looked. Whether hardware really works shows when it is tried
 * (encoder-trial.ts).
 */
import type { EncoderSettings } from "../encoder.ts";
import { encoderNames, type EncoderName } from "./encoder-elements.ts";
import type { JudgedNode } from "./video-node.ts";

export interface EncoderMachine {
  /** Elements that GStreamer has, of those in question. */
  readonly elements: readonly string[];
  readonly nodes: readonly Pick<JudgedNode, "path" | "use" | "errno">[];
  /** Of the board; "" when it tells none. */
  readonly model: string;
}

export interface EncoderVerdict {
  readonly name: EncoderName;
  readonly usable: boolean;
  /** For people: what it is, or why it is not used. */
  readonly why: string;
}

export type EncoderJob = Pick<EncoderSettings, "width" | "height" | "fps">;

export const isHardware = (name: EncoderName): boolean => name === "v4l2h264enc";

/** In order of preference. Without a job: whether it could be used at all. */
export function judgeEncoders(machine: EncoderMachine, job?: EncoderJob): EncoderVerdict[] {
  return encoderNames.map((name) => {
    const against = isHardware(name) ? againstHardware(machine, job) : againstSoftware(machine, name);
    const what = isHardware(name) ? "H.264 in hardware" : "H.264 in software";
    return { name, usable: against === null, why: against ?? what };
  });
}

/** The first that can do the work, or null. */
export function bestEncoder(verdicts: readonly EncoderVerdict[]): EncoderName | null {
  return verdicts.find(({ usable }) => usable)?.name ?? null;
}

function againstSoftware({ elements }: EncoderMachine, name: EncoderName): string | null {
  return elements.includes(name) ? null : "not installed";
}

function againstHardware({ elements, nodes, model }: EncoderMachine, job?: EncoderJob): string | null {
  if (elements.includes("v4l2h264enc")) return job === undefined ? null : againstJob(job);
  const node = nodes.find(({ use }) => use === "encoder");
  if (node === undefined)
    return /raspberry pi 5/i.test(model)
      ? "a Raspberry Pi 5 has no H.264 encoder"
      : "this machine has no H.264 encoder";
  if (node.errno === "EACCES" || node.errno === "EPERM")
    return `${node.path} may not be opened: join the group video`;
  return `${node.path} is there, but GStreamer has no element for it: see gstreamer1.0-plugins-good`;
}

function againstJob(job: EncoderJob): string | null {
  return hardwareLevel(job) === null ? "too small for this picture: up to 1920x1088 at 64 fps" : null;
}

const macroblocks = (px: number): number => Math.ceil(px / 16);

/**
 * H.264 level that the caps must name (without one the driver takes 1.0, 128x96), as the standard's
 * table A-1 counts: macroblocks a second. Null = more than the encoder can do.
 */
export function hardwareLevel({ width, height, fps }: EncoderJob): "4" | "4.2" | null {
  const blocks = macroblocks(width) * macroblocks(height);
  if (width > 1920 || height > 1920 || blocks > 8_192) return null;
  if (blocks * fps <= 245_760) return "4";
  return blocks * fps <= 522_240 ? "4.2" : null;
}
