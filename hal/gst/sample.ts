/**
 * Sample: one picture pulled from a pipeline, mapped for reading, as planes without a copy.
 *
 * Decoders hand the same few blocks of memory out again and again, so views are made once per
 * address and kept. `forget` cuts them off: a view used after that is empty instead of a read
 * from memory that is no longer there.
 */
import koffi from "koffi";
import { Fault } from "../fault.ts";
import type { FrameGeometry, I420 } from "../frame.ts";
import type { Gst, Pointer } from "./bindings.ts";
import { defaultLayout, layoutOf, planesOf, type PictureLayout } from "./picture.ts";
import { bufferLayout, mapInfoLayout, noTimeNs } from "./structs.ts";

type Planes = Omit<I420, "width" | "height">;

interface KnownBlock {
  readonly memory: ArrayBuffer;
  readonly layout: PictureLayout;
  readonly planes: Planes;
}

/** More addresses than this: the source has no pool, and keeping views would only grow. */
const maxBlocks = 64;
const readFlag = 1;

export class SampleReader {
  readonly #gst: Gst;
  readonly #size: FrameGeometry;
  readonly #layout: PictureLayout;
  readonly #blocks = new Map<Pointer, KnownBlock>();
  readonly #info = new Uint8Array(new ArrayBuffer(mapInfoLayout.sizeBytes));
  readonly #infoView = new DataView(this.#info.buffer);
  #sample: Pointer | null = null;
  #buffer: Pointer = 0n;

  constructor(gst: Gst, size: FrameGeometry) {
    this.#gst = gst;
    this.#size = size;
    this.#layout = defaultLayout(size);
  }

  /** Takes the sample over, until the next `hold`, `release` or `forget`. */
  hold(sample: Pointer): void {
    this.release();
    this.#buffer = this.#gst.sampleBuffer(sample);
    if (this.#gst.bufferMap(this.#buffer, this.#info, readFlag) === 0) {
      this.#gst.miniUnref(sample);
      throw new Fault("unavailable", "picture memory cannot be mapped");
    }
    this.#sample = sample;
  }

  release(): void {
    if (this.#sample === null) return;
    this.#gst.bufferUnmap(this.#buffer, this.#info);
    this.#gst.miniUnref(this.#sample);
    this.#sample = null;
  }

  forget(): void {
    this.release();
    for (const block of this.#blocks.values()) block.memory.transfer();
    this.#blocks.clear();
  }

  /** The planes of the sample that is held, as views. */
  planes(): Planes {
    const address = this.#infoView.getBigUint64(mapInfoLayout.data, true);
    const bytes = Number(this.#infoView.getBigUint64(mapInfoLayout.size, true));
    const layout = layoutOf(this.#gst, this.#buffer, this.#layout);
    const known = this.#blocks.get(address);
    if (known?.memory.byteLength === bytes && sameLayout(known.layout, layout)) return known.planes;
    if (this.#blocks.size >= maxBlocks) this.#blocks.clear();
    const memory = koffi.view(address, bytes);
    const block = { memory, layout, planes: planesOf(memory, layout, this.#size) };
    this.#blocks.set(address, block);
    return block.planes;
  }
}

/** Presentation time of a sample's buffer in nanoseconds, or null when it has none. */
export function ptsNsOf(gst: Gst, sample: Pointer): number | null {
  const ns = Number(koffi.decode.uint64(gst.sampleBuffer(sample) + BigInt(bufferLayout.pts)));
  return ns >= noTimeNs ? null : ns;
}

function sameLayout(a: PictureLayout, b: PictureLayout): boolean {
  return a.planes.every(
    (plane, i) => plane.offset === b.planes[i]?.offset && plane.stride === b.planes[i].stride,
  );
}
