/**
 * Colours: how Y, U and V of a frame become red, green and blue.
 *
 * A frame does not say which of the standards it follows. What the house does with it is what our encoder says of
 * every recording, GStreamer's custom for I420 without a word: samples from 16 to 235 (ITU-R BT.601, limited
 * range), the weights of BT.709 above 576 rows and those of BT.601 up to there. The simulated porch, libcamera, H.264
 * from RTSP and raw USB cameras are of that kind. What gives 0 to 255 (JPEG) is brought to that range by the camera's
 * driver (hal/gst/range.ts), its weights are not: they stay those of BT.601, so above 576 rows the colours of a camera that
 * sends JPEG are a little off here and in its recordings, and those of stills (JPEG, made from BT.709) in a browser.
 * Light and contrast are right in both. A caller whose pictures come another way passes what they are.
 */
export interface Colours {
  readonly matrix: "bt601" | "bt709";
  readonly range: "limited" | "full";
}

export function usualColours({ height }: { readonly height: number }): Colours {
  return { matrix: height > 576 ? "bt709" : "bt601", range: "limited" };
}

/** red = (Y - black) * luma + redV * (V - 128), and so on; 0..255 when clipped. */
export interface ToRgb {
  readonly black: number;
  readonly luma: number;
  readonly redV: number;
  readonly greenU: number;
  readonly greenV: number;
  readonly blueU: number;
}

/** Kr and Kb of the standards; the rest follows from them. */
const weights = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722] } as const;

export function toRgb({ matrix, range }: Colours): ToRgb {
  const [red, blue] = weights[matrix];
  const green = 1 - red - blue;
  const limited = range === "limited";
  const chroma = limited ? 255 / 224 : 1;
  const redV = 2 * (1 - red) * chroma;
  const blueU = 2 * (1 - blue) * chroma;
  return {
    black: limited ? 16 : 0,
    luma: limited ? 255 / 219 : 1,
    redV,
    greenU: -(blueU * blue) / green,
    greenV: -(redV * red) / green,
    blueU,
  };
}

/** Y, U and V become red, green and blue in place. */
export function rgbRow(
  { y, u, v }: { readonly y: Float64Array; readonly u: Float64Array; readonly v: Float64Array },
  width: number,
  { black, luma, redV, greenU, greenV, blueU }: ToRgb,
): void {
  for (let i = 0; i < width; i += 1) {
    const light = ((y[i] as number) - black) * luma;
    const cb = (u[i] as number) - 128;
    const cr = (v[i] as number) - 128;
    y[i] = clipped(light + redV * cr);
    u[i] = clipped(light + greenU * cb + greenV * cr);
    v[i] = clipped(light + blueU * cb);
  }
}

export function grayRow(y: Float64Array, width: number, { black, luma }: ToRgb): void {
  for (let i = 0; i < width; i += 1) y[i] = clipped(((y[i] as number) - black) * luma);
}

function clipped(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
