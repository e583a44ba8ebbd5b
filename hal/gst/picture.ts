/**
 * Picture: where the three planes of an I420 picture lie in one block of memory.
 *
 * The default layout is GStreamer's own (rows rounded up to 4 bytes, heights to even). A buffer
 * may carry another one (GstVideoMeta), which then counts. A layout that does not fit the memory
 * is refused before anybody reads past its end.
 */
import koffi from "koffi";
import type { FrameGeometry, I420, Plane } from "../frame.ts";
import { Fault } from "../fault.ts";
import type { Gst, Pointer } from "./bindings.ts";
import { videoMetaLayout } from "./structs.ts";

export interface PlaneLayout {
  readonly offset: number;
  readonly stride: number;
}

export interface PictureLayout {
  readonly planes: readonly [y: PlaneLayout, u: PlaneLayout, v: PlaneLayout];
  readonly sizeBytes: number;
}

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export function defaultLayout({ width, height }: FrameGeometry): PictureLayout {
  const [luma, chroma] = [roundUp(width, 4), roundUp(roundUp(width, 2) / 2, 4)];
  const rows = roundUp(height, 2);
  const [u, v] = [luma * rows, luma * rows + (chroma * rows) / 2];
  return {
    planes: [
      { offset: 0, stride: luma },
      { offset: u, stride: chroma },
      { offset: v, stride: chroma },
    ],
    sizeBytes: v + (chroma * rows) / 2,
  };
}

/** The layout that this buffer says it has, else the default one. */
export function layoutOf(gst: Gst, buffer: Pointer, fallback: PictureLayout): PictureLayout {
  const meta = gst.videoMeta(buffer);
  if (meta === null) return fallback;
  const plane = (index: number): PlaneLayout => ({
    offset: Number(koffi.decode.uint64(meta + BigInt(videoMetaLayout.offset + 8 * index))),
    stride: koffi.decode.int32(meta + BigInt(videoMetaLayout.stride + 4 * index)),
  });
  return { planes: [plane(0), plane(1), plane(2)], sizeBytes: fallback.sizeBytes };
}

/** Planes as views of `memory`; each reaches as far as the next plane or the end allows. */
export function planesOf(
  memory: ArrayBuffer,
  layout: PictureLayout,
  size: FrameGeometry,
): Omit<I420, "width" | "height"> {
  const [cw, ch] = [Math.ceil(size.width / 2), Math.ceil(size.height / 2)];
  const make = (index: 0 | 1 | 2, width: number, height: number): Plane => {
    const { offset, stride } = layout.planes[index];
    const needed = stride * (height - 1) + width;
    if (stride < width || offset + needed > memory.byteLength)
      throw new Fault(
        "corrupt",
        `picture memory of ${memory.byteLength} bytes is too small for ${size.width}x${size.height}`,
      );
    const room = Math.min(memory.byteLength - offset, stride * height);
    return { data: new Uint8Array(memory, offset, room), stride, width, height };
  };
  return { y: make(0, size.width, size.height), u: make(1, cw, ch), v: make(2, cw, ch) };
}
