/**
 * Encoder: H.264 through whichever encoder element this machine has.
 *
 * The mask writes straight into a buffer of the pipeline (picture-pool.ts), which is then pushed;
 * the encoder works in GStreamer's thread while the caller goes on. `encode` gives whatever is
 * ready and waits only when more than `maxInFlight` pictures are inside, so memory stays bounded.
 * Units are matched to their frames by time, so an encoder that skips a picture confuses nothing.
 * Odd sizes are coded one pixel larger, in black. durationUs is the nominal 1/fps.
 */
import type { EncodedUnit, Encoder, EncoderConfig, EncoderSettings } from "../encoder.ts";
import { assert, Fault } from "../fault.ts";
import type { FrameMemory, MaskedFrame } from "../frame.ts";
import type { Gst } from "./bindings.ts";
import { rateFraction } from "./caps.ts";
import { encoderChain, encoderNames, pickEncoder, type EncoderName } from "./encoder-elements.ts";
import { elementOpens, hasElement } from "./elements.ts";
import { gstInstallHint, openGst } from "./lib.ts";
import { evenSize, PicturePool } from "./picture-pool.ts";
import { Pipeline } from "./pipeline.ts";
import { UnitReader } from "./unit-reader.ts";

export interface H264EncoderOptions {
  /** Take this one instead of the best. */
  readonly element?: EncoderName;
}

/** Pictures inside the encoder before `encode` waits for one to come out. */
const maxInFlight = 4;
/** An encoder that gives nothing for this long has died. */
const patienceMs = 5_000;
const sliceMs = 5;

/** Encoders that are installed and open on this machine. */
export function availableEncoders(): EncoderName[] {
  return encoderNames.filter((name) => hasElement(name) && (name !== "v4l2h264enc" || elementOpens(name)));
}

/** Throws Fault `not-found` (no encoder installed), `invalid` (settings), `unavailable`. */
export function openH264Encoder(
  settings: EncoderSettings,
  options: H264EncoderOptions = {},
): Promise<Encoder> {
  return Promise.resolve().then(() => {
    checkSettings(settings);
    return new GstEncoder(openGst(), options.element ?? chosenEncoder(), settings);
  });
}

/** The encoder that would be used, as a piece of a gst-launch line (to measure against). */
export function encoderElement(settings: EncoderSettings): Promise<string> {
  return Promise.resolve().then(() => encoderChain(chosenEncoder(), settings));
}

function chosenEncoder(): EncoderName {
  const name = pickEncoder(availableEncoders());
  if (name !== null) return name;
  throw new Fault("not-found", "no H.264 encoder is installed", {
    hint: gstInstallHint(["gstreamer1.0-plugins-ugly"]),
  });
}

function checkSettings({ width, height, fps, bitrateKbps, gopFrames }: EncoderSettings): void {
  const whole = [width, height, bitrateKbps, gopFrames].every(
    (value) => Number.isInteger(value) && value > 0,
  );
  if (whole && fps > 0 && width >= 16 && height >= 16 && width <= 8192 && height <= 8192) return;
  throw new Fault("invalid", `encoder cannot make ${width}x${height} at ${fps} fps, ${bitrateKbps} kbit/s`, {
    hint: "16 to 8192 pixels a side, whole kbit/s and frames per GOP",
  });
}

class GstEncoder implements Encoder {
  readonly name: string;
  readonly #gst: Gst;
  readonly #pipeline: Pipeline;
  readonly #pool: PicturePool;
  readonly #units: UnitReader;
  readonly #durationUs: number;
  #fault: Fault | null = null;
  #closed = false;

  constructor(gst: Gst, name: EncoderName, settings: EncoderSettings) {
    const { width, height, fps } = settings;
    const coded = evenSize({ width, height });
    const caps = `video/x-raw,format=I420,width=${coded.width},height=${coded.height},framerate=${rateFraction(fps)}`;
    this.name = name;
    this.#gst = gst;
    this.#durationUs = Math.round(1e6 / fps);
    this.#pipeline = new Pipeline(
      gst,
      `appsrc name=source format=time caps="${caps}" ! ${encoderChain(name, settings)} ! appsink name=sink sync=false max-buffers=0 wait-on-eos=false enable-last-sample=false`,
      { name, live: true },
    );
    try {
      this.#pool = new PicturePool(gst, settings, caps);
      this.#units = new UnitReader(gst, this.#pipeline.element("sink"), this.#durationUs);
      this.#pipeline.play();
    } catch (error) {
      this.#pipeline.close();
      throw error;
    }
  }

  get config(): EncoderConfig | null {
    return this.#units.config;
  }

  memory(): FrameMemory {
    this.#failIfDead();
    return this.#pool.lend();
  }

  encode(frame: MaskedFrame, memory: FrameMemory): EncodedUnit[] {
    this.#failIfDead();
    assert(frame.y.data === memory.y.data, "frame was not made in this encoder's memory");
    const timing = { ptsNs: BigInt(frame.ptsUs) * 1000n, durationNs: BigInt(this.#durationUs) * 1000n };
    const buffer = this.#pool.finish(memory, timing);
    this.#units.expect(frame.ptsUs);
    if (this.#gst.srcPush(this.#pipeline.element("source"), buffer) !== 0) this.#die();
    const units = this.#units.take(0);
    for (let waitedMs = 0; this.#units.pending > maxInFlight; waitedMs += sliceMs) {
      const more = this.#units.take(sliceMs);
      units.push(...more);
      if (more.length === 0) this.#checkAlive(waitedMs);
    }
    return units;
  }

  async finish(): Promise<EncodedUnit[]> {
    this.#failIfDead();
    this.#gst.srcEnd(this.#pipeline.element("source"));
    const units: EncodedUnit[] = [];
    for (let waitedMs = 0; !this.#closed; waitedMs += sliceMs) {
      const more = this.#units.take(sliceMs);
      units.push(...more);
      if (more.length > 0) waitedMs = 0;
      else if (this.#units.atEnd) break;
      else this.#checkAlive(waitedMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return units;
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    this.#pipeline.close();
    this.#pool.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #failIfDead(): void {
    assert(!this.#closed, "encoder is used after close");
    if (this.#fault !== null) throw this.#fault;
  }

  #checkAlive(waitedMs: number): void {
    const fault = this.#pipeline.takeFault();
    if (fault !== null) this.#die(fault);
    if (waitedMs >= patienceMs) this.#die();
  }

  #die(cause?: Fault | null): never {
    const reason = cause ?? this.#pipeline.takeFault();
    this.#fault = new Fault("unavailable", reason?.message ?? `${this.name}: encoder does not answer`, {
      cause: reason,
      hint: "a new encoder is opened; see `sill hal list`",
    });
    throw this.#fault;
  }
}
