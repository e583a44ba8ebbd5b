/**
 * JPEG engine: one picture as a still, scaled down when asked.
 *
 * One small pipeline that stays open; sizes may change from call to call. The picture is copied
 * when `encode` is called, so it may be gone before the promise settles, and the copy is wiped once
 * it was used. Calls are answered in order, one at a time. A pipeline that failed or was too slow is
 * thrown away, so that its late picture never answers a later call; the next call opens another.
 *
 * Knows nothing of masks, so nobody uses it but the two doors: jpeg.ts (masked) and
 * unmasked-jpeg.ts (the setup still). `npm run check` holds them to it.
 */
import { assert, Fault, toFault } from "../fault.ts";
import type { FrameGeometry, I420, Plane } from "../frame.ts";
import type { Gst, Pointer } from "./bindings.ts";
import { openGst } from "./lib.ts";
import { defaultLayout } from "./picture.ts";
import { Pipeline } from "./pipeline.ts";
import { limitedToFull } from "./range.ts";
import { copyOut } from "./unit-reader.ts";

const defaultPatienceMs = 5_000;
const sliceMs = 5;
/** A JPEG has samples from 0 to 255. */
const description = `appsrc name=source format=time ! videoscale add-borders=false ! capsfilter name=size ! ${limitedToFull} ! jpegenc quality=85 ! appsink name=sink sync=false async=false enable-last-sample=false`;

/** Longest side `longestPx`, same shape, never larger than it was, at least one pixel. */
export function fitWithin({ width, height }: FrameGeometry, longestPx: number): FrameGeometry {
  const scale = Math.min(1, longestPx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

interface Job {
  readonly bytes: Uint8Array;
  readonly from: FrameGeometry;
  readonly to: FrameGeometry;
  readonly patienceMs: number;
}

/** Opens its pipeline at once; throws Fault `unavailable` when there is no GStreamer. */
export class JpegEngine implements AsyncDisposable {
  readonly #gst: Gst;
  #pipeline: Pipeline | null;
  #queue: Promise<unknown> = Promise.resolve();
  #sizes = "";
  #closed = false;

  constructor() {
    this.#gst = openGst();
    this.#pipeline = this.#start();
  }

  /** A picture that takes longer than `patienceMs` is given up with Fault `timeout`. */
  encode(frame: I420, longestPx: number, patienceMs = defaultPatienceMs): Promise<Uint8Array> {
    if (this.#closed) return Promise.reject(new Fault("unavailable", "jpeg encoder is closed"));
    if (!(longestPx >= 1)) return Promise.reject(new Fault("invalid", `longest side of ${longestPx} pixels`));
    const bytes = packed(frame);
    const size = { width: frame.width, height: frame.height };
    const done = this.#queue.then(() =>
      this.#encodeNow({ bytes, from: size, to: fitWithin(size, longestPx), patienceMs }).finally(() =>
        bytes.fill(0),
      ),
    );
    this.#queue = done.catch(() => undefined);
    return done;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#throwAway();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #encodeNow({ bytes, from, to, patienceMs }: Job): Promise<Uint8Array> {
    if (this.#closed) throw new Fault("cancelled", "jpeg encoder was closed");
    const pipeline = (this.#pipeline ??= this.#start());
    try {
      this.#setSizes(pipeline, from, to);
      return await this.#pass(pipeline, bytes, patienceMs);
    } catch (error) {
      this.#throwAway();
      throw error;
    }
  }

  async #pass(pipeline: Pipeline, bytes: Uint8Array, patienceMs: number): Promise<Uint8Array> {
    const pushed = this.#gst.srcPush(pipeline.element("source"), this.#gst.bufferFrom(bytes, bytes.length));
    if (pushed !== 0) throw pipeline.takeFault() ?? new Fault("unavailable", "jpegenc takes no picture");
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += sliceMs) {
      const sample = this.#gst.sinkPull(pipeline.element("sink"), sliceMs * 1e6);
      if (sample !== null) return this.#take(sample);
      const fault = pipeline.takeFault();
      if (fault !== null) throw toFault(fault);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed) throw new Fault("cancelled", "jpeg encoder was closed");
    }
    throw new Fault("timeout", `jpegenc gave no picture within ${patienceMs} ms`);
  }

  #start(): Pipeline {
    const pipeline = new Pipeline(this.#gst, description, { name: "jpegenc", live: true });
    this.#sizes = "";
    pipeline.play();
    return pipeline;
  }

  #throwAway(): void {
    this.#pipeline?.close();
    this.#pipeline = null;
  }

  #take(sample: Pointer): Uint8Array {
    const jpeg = copyOut(this.#gst, this.#gst.sampleBuffer(sample));
    this.#gst.miniUnref(sample);
    return jpeg;
  }

  #setSizes(pipeline: Pipeline, from: FrameGeometry, to: FrameGeometry): void {
    const sizes = `${from.width}x${from.height} ${to.width}x${to.height}`;
    if (sizes === this.#sizes) return;
    const picture = ({ width, height }: FrameGeometry): string =>
      `video/x-raw,format=I420,width=${width},height=${height},framerate=0/1,pixel-aspect-ratio=1/1`;
    this.#gst.setObjectArg(pipeline.element("size"), "caps", picture(to));
    const caps = this.#gst.capsFromString(picture(from));
    assert(caps !== null, "jpeg caps");
    this.#gst.srcSetCaps(pipeline.element("source"), caps);
    this.#gst.miniUnref(caps);
    this.#sizes = sizes;
  }
}

/** The frame in GStreamer's default layout, as bytes of its own. */
function packed(frame: I420): Uint8Array {
  const layout = defaultLayout(frame);
  const bytes = new Uint8Array(new ArrayBuffer(layout.sizeBytes));
  const put = ({ data, stride, width, height }: Plane, to: { offset: number; stride: number }): void => {
    for (let y = 0; y < height; y += 1)
      bytes.set(data.subarray(y * stride, y * stride + width), to.offset + y * to.stride);
  };
  put(frame.y, layout.planes[0]);
  put(frame.u, layout.planes[1]);
  put(frame.v, layout.planes[2]);
  return bytes;
}
