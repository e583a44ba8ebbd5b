/**
 * Preview: a picture as the camera will see it, pixel by pixel.
 *
 * Made of the same opening as the eye's mask (daemon/policy/opening.ts): outside it every pixel is
 * black, and along its border, where brightness stays but colour does not, pixels are gray. While
 * somebody draws, `veil` paints the outside translucent instead. Pure; RGBA as a canvas has it.
 */
import type { Opening } from "../../daemon/policy/opening.ts";

/** The picture behind the mask; `rgba` must have the opening's size. */
export function maskedPicture(rgba: Uint8ClampedArray, opening: Opening): Uint8ClampedArray<ArrayBuffer> {
  const masked = blacks(rgba.length / 4, 255);
  eachSpan(opening, (from, to) => masked.set(rgba.subarray(4 * from, 4 * to), 4 * from));
  eachColourless(opening, (pixel) => grayAt(masked, 4 * pixel));
  return masked;
}

/** What lies outside, as a black of this opacity (0..255) over nothing. */
export function veil(opening: Opening, opacity: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = blacks(opening.width * opening.height, opacity);
  eachSpan(opening, (from, to) => rgba.fill(0, 4 * from, 4 * to));
  return rgba;
}

/** Pixel by pixel, not byte by byte: a big picture is painted with every move of a finger. */
function blacks(pixels: number, opacity: number): Uint8ClampedArray<ArrayBuffer> {
  const [black = 0] = new Uint32Array(Uint8Array.of(0, 0, 0, opacity).buffer);
  return new Uint8ClampedArray(new Uint32Array(pixels).fill(black).buffer);
}

/** Visible pixels row by row, as [from, to) of the whole picture. */
function eachSpan({ luma, width }: Opening, see: (from: number, to: number) => void): void {
  for (let y = 0; y < luma.height; y += 1) {
    const end = luma.starts[y + 1] ?? 0;
    for (let i = luma.starts[y] ?? 0; i < end; i += 2) {
      see(y * width + (luma.spans[i] ?? 0), y * width + (luma.spans[i + 1] ?? 0));
    }
  }
}

/** Visible pixels whose colour is not. */
function eachColourless(opening: Opening, see: (pixel: number) => void): void {
  const { chroma, width } = opening;
  let [row, coloured] = [-1, new Uint8Array(chroma.width)];
  eachSpan(opening, (from, to) => {
    const y = Math.floor(from / width);
    if (y >> 1 !== row) {
      row = y >> 1;
      coloured = new Uint8Array(chroma.width);
      const end = chroma.starts[row + 1] ?? 0;
      for (let i = chroma.starts[row] ?? 0; i < end; i += 2)
        coloured.fill(1, chroma.spans[i], chroma.spans[i + 1]);
    }
    for (let pixel = from; pixel < to; pixel += 1) {
      if (coloured[(pixel - y * width) >> 1] === 0) see(pixel);
    }
  });
}

function grayAt(rgba: Uint8ClampedArray, at: number): void {
  const gray = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
  rgba.fill(gray, at, at + 3);
}
