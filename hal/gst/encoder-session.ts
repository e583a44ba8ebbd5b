/**
 * Encoder session: one running encoder element as an Encoder.
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
import { evenSize, PicturePool } from "./picture-pool.ts";
import { Pipeline } from "./pipeline.ts";
import { UnitReader } from "./unit-reader.ts";

/** Pictures inside the encoder before `encode` waits for one to come out. */
const maxInFlight = 4;
/** An encoder that gives nothing for this long has died. */
const patienceMs = 5_000;
const sliceMs = 5;

export interface EncoderSessionOptions {
  readonly name: string;
  /** From raw I420 to AVC access units, as a piece of a pipeline description. */
  readonly chain: string;
  readonly settings: EncoderSettings;
  /** Why a better encoder is not used. */
  readonly instead?: string | undefined;
  /** Called once when the codec has died. */
  readonly onDead?: (fault: Fault) => void;
}

/** What goes into the encoder: even sides, I420. */
export function codedCaps({ width, height, fps }: EncoderSettings): string {
  const coded = evenSize({ width, height });
  return `video/x-raw,format=I420,width=${coded.width},height=${coded.height},framerate=${rateFraction(fps)}`;
}

export class GstEncoder implements Encoder {
  readonly name: string;
  readonly instead?: string;
  readonly #gst: Gst;
  readonly #pipeline: Pipeline;
  readonly #pool: PicturePool;
  readonly #units: UnitReader;
  readonly #durationUs: number;
  readonly #onDead: (fault: Fault) => void;
  #fault: Fault | null = null;
  #closed = false;

  constructor(gst: Gst, { name, chain, settings, instead, onDead }: EncoderSessionOptions) {
    const caps = codedCaps(settings);
    this.name = name;
    if (instead !== undefined) this.instead = instead;
    this.#gst = gst;
    this.#onDead = onDead ?? (() => {});
    this.#durationUs = Math.round(1e6 / settings.fps);
    this.#pipeline = new Pipeline(
      gst,
      `appsrc name=source format=time caps="${caps}" ! ${chain} ! appsink name=sink sync=false max-buffers=0 wait-on-eos=false enable-last-sample=false`,
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
    this.#onDead(this.#fault);
    throw this.#fault;
  }
}
