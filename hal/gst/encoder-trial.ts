/**
 * Encoder trial: does a hardware encoder make a picture of this size, here and now?
 *
 * An element that is installed and opens may still fail at its first picture (no memory for the
 * codec, a size or level that it refuses, firmware without it), or take pictures and give none. So a
 * few black ones are coded and thrown away. Only for hardware: software is known to work.
 */
import { systemClock } from "../clock.ts";
import type { EncoderSettings } from "../encoder.ts";
import { Fault, toFault } from "../fault.ts";
import type { Gst } from "./bindings.ts";
import { codedCaps } from "./encoder-session.ts";
import { FrameQueue } from "./frame-queue.ts";
import { Pipeline } from "./pipeline.ts";

export interface Trial {
  readonly name: string;
  readonly chain: string;
  readonly settings: EncoderSettings;
  /** Silence for this long = it does not work. */
  readonly patienceMs?: number;
}

const frames = 5;

/** Throws Fault `unavailable` when no picture comes out. */
export async function tryEncoder(gst: Gst, trial: Trial): Promise<void> {
  const { name, chain, settings, patienceMs = 2_000 } = trial;
  try {
    if (await givesUnit(gst, { name, chain, settings, patienceMs })) return;
  } catch (error) {
    throw new Fault("unavailable", toFault(error).message, { cause: error });
  }
  throw new Fault("unavailable", `${name}: takes pictures and gives none`);
}

async function givesUnit(gst: Gst, trial: Required<Trial>): Promise<boolean> {
  const { name, chain, settings, patienceMs } = trial;
  const description = `videotestsrc pattern=black num-buffers=${frames} ! ${codedCaps(settings)} ! ${chain} ! appsink name=sink sync=false max-buffers=${frames} wait-on-eos=false enable-last-sample=false`;
  const source = { name, live: false, finite: true, fullRange: false, description, properties: {} };
  const pipeline = new Pipeline(gst, description, { name, live: true });
  const options = {
    source,
    stallMs: patienceMs,
    maxFramePx: Infinity,
    clock: systemClock,
    fps: settings.fps,
  };
  const queue = new FrameQueue(gst, pipeline, options);
  try {
    pipeline.play();
    const unit = await queue.next();
    if (unit !== null) queue.putBack(unit); // close gives it back
    return unit !== null;
  } finally {
    queue.close();
  }
}
