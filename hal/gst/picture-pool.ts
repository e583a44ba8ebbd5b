/**
 * Picture pool: memory that the mask writes and the encoder reads, without a copy between them.
 *
 * A GstBufferPool, so the same few blocks go round, each with its views made once. Odd sizes are
 * rounded up to even (H.264 4:2:0 needs that); the extra column and row are filled with black
 * when the picture is handed over, whatever was written there.
 * `close` cuts all views off: a view used after that is empty, not somebody else's memory.
 */
import koffi from "koffi";
import { assert, Fault } from "../fault.ts";
import type { FrameGeometry, FrameMemory, I420 } from "../frame.ts";
import type { Gst, Nullable, Out, Pointer } from "./bindings.ts";
import { defaultLayout, planesOf } from "./picture.ts";
import { bufferLayout, mapInfoLayout } from "./structs.ts";

/** Luma of a masked pixel. */
const black = 16;
const writeFlag = 2;

interface Block {
  readonly info: Uint8Array;
  readonly memory: ArrayBuffer;
  readonly header: DataView;
  readonly planes: Omit<I420, "width" | "height">;
}

export interface PictureTiming {
  readonly ptsNs: bigint;
  readonly durationNs: bigint;
}

export class PicturePool {
  readonly #gst: Gst;
  readonly #size: FrameGeometry;
  readonly #coded: FrameGeometry;
  readonly #pool: Pointer;
  readonly #blocks = new Map<Pointer, Block>();
  readonly #lent = new Map<FrameMemory, Pointer>();
  #closed = false;

  constructor(gst: Gst, { width, height }: FrameGeometry, caps: string) {
    this.#gst = gst;
    this.#size = { width, height };
    this.#coded = evenSize({ width, height });
    this.#pool = gst.poolNew();
    const config = gst.poolGetConfig(this.#pool);
    const parsed = gst.capsFromString(caps);
    assert(parsed !== null, `caps ${caps}`);
    gst.poolParams(config, parsed, defaultLayout(this.#coded).sizeBytes, 2, 0);
    gst.miniUnref(parsed);
    const ready = gst.poolSetConfig(this.#pool, config) !== 0 && gst.poolSetActive(this.#pool, 1) !== 0;
    if (!ready) throw new Fault("exhausted", `no memory for pictures of ${width}x${height}`);
  }

  /** Pictures that are out for writing. */
  get lent(): number {
    return this.#lent.size;
  }

  lend(): FrameMemory {
    assert(!this.#closed, "picture memory asked of a closed encoder");
    const out: Out<Nullable> = [null];
    if (this.#gst.poolAcquire(this.#pool, out, null) !== 0 || out[0] === null)
      throw new Fault("exhausted", "no picture memory left");
    const buffer = out[0];
    const { planes } = this.#mapped(buffer);
    const memory: FrameMemory = { ...this.#size, ...planes, release: () => this.#takeBack(memory) };
    this.#lent.set(memory, buffer);
    return memory;
  }

  /** The finished picture as a buffer that the caller now owns. */
  finish(memory: FrameMemory, { ptsNs, durationNs }: PictureTiming): Pointer {
    const buffer = this.#lent.get(memory);
    const block = buffer === undefined ? undefined : this.#blocks.get(buffer);
    assert(buffer !== undefined && block !== undefined, "picture memory is not lent by this encoder");
    this.#lent.delete(memory);
    this.#blacken(block);
    this.#gst.bufferUnmap(buffer, block.info);
    block.header.setBigUint64(bufferLayout.pts, ptsNs, true);
    block.header.setBigUint64(bufferLayout.duration, durationNs, true);
    return buffer;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const memory of this.#lent.keys()) this.#takeBack(memory);
    for (const { memory, header } of this.#blocks.values()) {
      memory.transfer();
      (header.buffer as ArrayBuffer).transfer();
    }
    this.#blocks.clear();
    this.#gst.poolSetActive(this.#pool, 0);
    this.#gst.objectUnref(this.#pool);
  }

  #mapped(buffer: Pointer): Block {
    const known = this.#blocks.get(buffer);
    const info = known?.info ?? new Uint8Array(new ArrayBuffer(mapInfoLayout.sizeBytes));
    if (this.#gst.bufferMap(buffer, info, writeFlag) === 0) {
      this.#gst.miniUnref(buffer);
      throw new Fault("unavailable", "picture memory cannot be mapped");
    }
    const address = new DataView(info.buffer).getBigUint64(mapInfoLayout.data, true);
    if (known !== undefined && koffi.address(known.memory) === address) return known;
    const layout = defaultLayout(this.#coded);
    const memory = koffi.view(address, layout.sizeBytes);
    const header = new DataView(koffi.view(buffer, bufferLayout.sizeBytes));
    const block = { info, memory, header, planes: planesOf(memory, layout, this.#size) };
    this.#blocks.set(buffer, block);
    return block;
  }

  #takeBack(memory: FrameMemory): void {
    const buffer = this.#lent.get(memory);
    const block = buffer === undefined ? undefined : this.#blocks.get(buffer);
    if (buffer === undefined || block === undefined) return;
    this.#lent.delete(memory);
    this.#gst.bufferUnmap(buffer, block.info);
    this.#gst.miniUnref(buffer);
  }

  #blacken({ memory }: Block): void {
    const [{ width, height }, coded] = [this.#size, this.#coded];
    if (width === coded.width && height === coded.height) return;
    const { offset, stride } = defaultLayout(coded).planes[0];
    const luma = new Uint8Array(memory, offset, stride * coded.height);
    for (let y = 0; y < height; y += 1) luma.fill(black, y * stride + width, (y + 1) * stride);
    luma.fill(black, height * stride);
  }
}

export function evenSize({ width, height }: FrameGeometry): FrameGeometry {
  return { width: width + (width % 2), height: height + (height % 2) };
}
