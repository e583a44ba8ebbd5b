/**
 * Still: one keyframe as a JPEG, decoded and encoded in memory by GStreamer.
 *
 * What is decoded is our own masked stream, never a byte of a client's. A pipeline for each picture, gone with it; a
 * picture that was made for the same keyframe is given again.
 */
import { Fault } from "../../../hal/fault.ts";
import { openGst } from "../../../hal/gst/lib.ts";
import { Pipeline } from "../../../hal/gst/pipeline.ts";
import { limitedToFull } from "../../../hal/gst/range.ts";
import { copyOut } from "../../../hal/gst/unit-reader.ts";
import { annexB, type AccessUnit } from "./avc.ts";

const description = `appsrc name=source format=time ! capsfilter caps=video/x-h264,stream-format=byte-stream,alignment=au ! avdec_h264 max-threads=1 ! videoconvert ! video/x-raw,format=I420 ! ${limitedToFull} ! jpegenc quality=85 ! appsink name=sink sync=false async=false enable-last-sample=false`;
const sliceNs = 5e6;
const patienceMs = 4_000;

export class Stills {
  #last: { readonly unit: AccessUnit; readonly jpeg: Promise<Uint8Array> } | null = null;

  /** Throws Fault `unavailable`, `timeout`, or what is missing on this machine. */
  of(unit: AccessUnit): Promise<Uint8Array> {
    if (this.#last?.unit === unit) return this.#last.jpeg;
    const jpeg = decode(unit);
    jpeg.catch(() => (this.#last = null));
    this.#last = { unit, jpeg };
    return jpeg;
  }

  /** Nobody may see it any more. */
  forget(): void {
    this.#last = null;
  }
}

async function decode({ nals }: AccessUnit): Promise<Uint8Array> {
  const gst = openGst();
  const pipeline = new Pipeline(gst, description, { name: "snapshot", live: false });
  try {
    const caps = gst.capsFromString("video/x-h264,stream-format=byte-stream,alignment=au");
    if (caps === null) throw new Fault("bug", "caps of a snapshot");
    gst.srcSetCaps(pipeline.element("source"), caps);
    gst.miniUnref(caps);
    pipeline.play();
    const bytes = annexB(nals);
    gst.srcPush(pipeline.element("source"), gst.bufferFrom(bytes, bytes.length));
    gst.srcEnd(pipeline.element("source"));
    const until = performance.now() + patienceMs;
    while (performance.now() < until) {
      const sample = gst.sinkPull(pipeline.element("sink"), sliceNs);
      if (sample !== null) {
        const jpeg = copyOut(gst, gst.sampleBuffer(sample));
        gst.miniUnref(sample);
        return jpeg;
      }
      const fault = pipeline.takeFault();
      if (fault !== null) throw fault;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Fault("timeout", "the snapshot was not decoded in time");
  } finally {
    pipeline.close();
  }
}
