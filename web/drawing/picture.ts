/**
 * Picture: what is drawn on, as a canvas and as numbers.
 *
 * Made of a decoded image or of the frame that a video shows; kept in this page's memory only.
 */
import { Fault } from "../../hal/fault.ts";
import { type Slopes, slopesOf } from "./snap.ts";
import type { Size } from "./view.ts";

export interface Picture {
  readonly size: Size;
  readonly canvas: HTMLCanvasElement;
  readonly rgba: Uint8ClampedArray;
  /** For snapping; worked out at the first call. */
  slopes(): Slopes;
}

export function pictureOf(source: CanvasImageSource, size: Size): Picture {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [size.width, size.height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Fault("unavailable", "this browser has no canvas to draw on");
  context.drawImage(source, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  let slopes: Slopes | null = null;
  return { size, canvas, rgba: data, slopes: () => (slopes ??= slopesOf(data, size)) };
}

/** A picture file, e.g. a JPEG that was just opened. */
export async function decodePicture(file: Uint8Array<ArrayBuffer>): Promise<Picture> {
  const bitmap = await createImageBitmap(new Blob([file])).catch((error: unknown) => {
    throw new Fault("corrupt", "the picture cannot be shown", { cause: error });
  });
  try {
    return pictureOf(bitmap, { width: bitmap.width, height: bitmap.height });
  } finally {
    bitmap.close();
  }
}
