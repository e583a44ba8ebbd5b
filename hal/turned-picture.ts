/**
 * Turned picture: crop and turn of an I420 picture in software.
 *
 * A crop alone costs nothing: the planes of the same memory, beginning elsewhere. The same block of
 * memory gives the same plane object again, which the mask relies on (span-views.ts). A turn is
 * one copy into memory of its own, lent until the next picture.
 */
import type { I420, Plane } from "./frame.ts";
import type { BoxPx } from "./geometry.ts";
import type { Turn, ViewGeometry } from "./view.ts";

type Planes = Pick<I420, "y" | "u" | "v">;

export type Viewer = (picture: I420) => I420;

export function viewerOf({ box, rotate, size }: ViewGeometry): Viewer {
  const luma = new PlaneCrop(box);
  const half: BoxPx = [box[0] / 2, box[1] / 2, Math.ceil(box[2] / 2), Math.ceil(box[3] / 2)];
  const [cb, cr] = [new PlaneCrop(half), new PlaneCrop(half)];
  const [y, u, v] = [new PlaneTurn(rotate, box), new PlaneTurn(rotate, half), new PlaneTurn(rotate, half)];
  return (picture) => {
    const cropped: Planes = { y: luma.of(picture.y), u: cb.of(picture.u), v: cr.of(picture.v) };
    if (rotate === 0) return { ...size, ...cropped };
    return { ...size, y: y.of(cropped.y), u: u.of(cropped.u), v: v.of(cropped.v) };
  };
}

class PlaneCrop {
  readonly #box: BoxPx;
  readonly #known = new WeakMap<Uint8Array, { readonly stride: number; readonly data: Uint8Array }>();

  constructor(box: BoxPx) {
    this.#box = box;
  }

  of({ data, stride, width: from, height: rows }: Plane): Plane {
    const [left, top, width, height] = this.#box;
    if (left === 0 && top === 0 && width === from && height === rows) return { data, stride, width, height };
    const known = this.#known.get(data);
    if (known?.stride === stride && known.data.length > 0) return { data: known.data, stride, width, height };
    const start = top * stride + left;
    const cropped = data.subarray(start, start + (height - 1) * stride + width);
    this.#known.set(data, { stride, data: cropped });
    return { data: cropped, stride, width, height };
  }
}

class PlaneTurn {
  readonly #turn: Turn;
  readonly #plane: Plane;

  constructor(turn: Turn, [, , w, h]: BoxPx) {
    const [width, height] = turn === 90 || turn === 270 ? [h, w] : [w, h];
    this.#turn = turn;
    this.#plane = { data: new Uint8Array(turn === 0 ? 0 : width * height), stride: width, width, height };
  }

  /** Sample (x, y) of what comes in goes to one place: start + x * along + y * down. */
  of(from: Plane): Plane {
    const { data: to, width, height } = this.#plane;
    const [start, along, down] = {
      0: [0, 1, width],
      90: [width - 1, width, -1],
      180: [width * height - 1, -1, -width],
      270: [width * (height - 1), -width, 1],
    }[this.#turn] as [number, number, number];
    for (let y = 0; y < from.height; y += 1) {
      let target = start + y * down;
      const row = y * from.stride;
      for (let x = 0; x < from.width; x += 1) {
        to[target] = from.data[row + x] ?? 0;
        target += along;
      }
    }
    return this.#plane;
  }
}
