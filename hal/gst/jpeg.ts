/**
 * JPEG: one masked frame as a still picture, scaled down when asked.
 *
 * One small pipeline that stays open; sizes may change from call to call. The frame is copied
 * when `encode` is called, so it may be gone before the promise settles. Calls are answered in
 * order, one at a time.
 */
import type { JpegEncoder } from "../encoder.ts";
import { assert, Fault, toFault } from "../fault.ts";
import type { FrameGeometry, MaskedFrame, Plane } from "../frame.ts";
import type { Gst, Pointer } from "./bindings.ts";
import { openGst } from "./lib.ts";
import { defaultLayout } from "./picture.ts";
import { Pipeline } from "./pipeline.ts";
import { copyOut } from "./unit-reader.ts";

const patienceMs = 5_000;
const sliceMs = 5;

export function openJpegEncoder(): Promise<JpegEncoder> {
  return Promise.resolve().then(() => new GstJpegEncoder(openGst()));
}

/** Longest side `longestPx`, same shape, never larger than it was, at least one pixel. */
export function fitWithin({ width, height }: FrameGeometry, longestPx: number): FrameGeometry {
  const scale = Math.min(1, longestPx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

class GstJpegEncoder implements JpegEncoder {
  readonly #gst: Gst;
  readonly #pipeline: Pipeline;
  #queue: Promise<unknown> = Promise.resolve();
  #sizes = "";
  #closed = false;

  constructor(gst: Gst) {
    this.#gst = gst;
    this.#pipeline = new Pipeline(
      gst,
      "appsrc name=source format=time ! videoscale add-borders=false ! capsfilter name=size ! jpegenc quality=85 ! appsink name=sink sync=false async=false enable-last-sample=false",
      { name: "jpegenc", live: true },
    );
    this.#pipeline.play();
  }

  encode(frame: MaskedFrame, longestPx: number): Promise<Uint8Array> {
    if (this.#closed) return Promise.reject(new Fault("unavailable", "jpeg encoder is closed"));
    if (!(longestPx >= 1)) return Promise.reject(new Fault("invalid", `longest side of ${longestPx} pixels`));
    const bytes = packed(frame);
    const size = { width: frame.width, height: frame.height };
    const done = this.#queue.then(() => this.#encodeNow(bytes, size, fitWithin(size, longestPx)));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#pipeline.close();
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #encodeNow(bytes: Uint8Array, from: FrameGeometry, to: FrameGeometry): Promise<Uint8Array> {
    if (this.#closed) throw new Fault("cancelled", "jpeg encoder was closed");
    this.#setSizes(from, to);
    const pushed = this.#gst.srcPush(
      this.#pipeline.element("source"),
      this.#gst.bufferFrom(bytes, bytes.length),
    );
    if (pushed !== 0)
      throw this.#pipeline.takeFault() ?? new Fault("unavailable", "jpegenc takes no picture");
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += sliceMs) {
      const sample = this.#gst.sinkPull(this.#pipeline.element("sink"), sliceMs * 1e6);
      if (sample !== null) return this.#take(sample);
      const fault = this.#pipeline.takeFault();
      if (fault !== null) throw toFault(fault);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#closed) throw new Fault("cancelled", "jpeg encoder was closed");
    }
    throw new Fault("timeout", `jpegenc gave no picture within ${patienceMs} ms`);
  }

  #take(sample: Pointer): Uint8Array {
    const jpeg = copyOut(this.#gst, this.#gst.sampleBuffer(sample));
    this.#gst.miniUnref(sample);
    return jpeg;
  }

  #setSizes(from: FrameGeometry, to: FrameGeometry): void {
    const sizes = `${from.width}x${from.height} ${to.width}x${to.height}`;
    if (sizes === this.#sizes) return;
    const picture = ({ width, height }: FrameGeometry): string =>
      `video/x-raw,format=I420,width=${width},height=${height},framerate=0/1,pixel-aspect-ratio=1/1`;
    this.#gst.setObjectArg(this.#pipeline.element("size"), "caps", picture(to));
    const caps = this.#gst.capsFromString(picture(from));
    assert(caps !== null, "jpeg caps");
    this.#gst.srcSetCaps(this.#pipeline.element("source"), caps);
    this.#gst.miniUnref(caps);
    this.#sizes = sizes;
  }
}

/** The frame in GStreamer's default layout, as bytes of its own. */
function packed(frame: MaskedFrame): Uint8Array {
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
