/**
 * Axis: which samples of a line make each sample of a shorter or longer one, and with what weight.
 *
 * Shrinking takes the mean of the area that a sample covers (no flicker from thin things, no aliasing); growing
 * goes between the two nearest centres. Beyond the line's ends its last sample is repeated: the weight of what
 * lies outside is added to the edge, so no index ever leaves the line.
 */
export class Axis {
  /** Samples of the result. */
  length = 0;
  /** Of each: its first sample of the source, and where its weights begin; one more at the end. */
  start = new Int32Array(0);
  offset = new Int32Array(1);
  weights = new Float64Array(0);
  /** The first and one beyond the last sample of the source that are used. */
  from = 0;
  to = 0;
  #key = "";

  /** `length` samples from `size` samples' worth of a line of `count`, beginning at `origin` (may be outside). */
  set(origin: number, size: number, length: number, count: number): void {
    const key = `${origin} ${size} ${length} ${count}`;
    if (key === this.#key) return;
    this.#key = key;
    const step = size / length;
    this.length = length;
    if (this.start.length < length) {
      this.start = new Int32Array(length);
      this.offset = new Int32Array(length + 1);
    }
    const most = Math.ceil(size) + 2 * length + 2;
    if (this.weights.length < most) this.weights = new Float64Array(most);
    let end = 0;
    for (let i = 0; i < length; i += 1) {
      this.offset[i] = end;
      end =
        step >= 1
          ? this.#area(i, origin + i * step, step, count)
          : this.#between(i, origin + (i + 0.5) * step, count);
    }
    this.offset[length] = end;
    this.from = this.start[0] ?? 0;
    this.to = (this.start[length - 1] ?? 0) + end - (this.offset[length - 1] ?? 0);
  }

  /** The samples that lie in `begin` .. `begin + step`, by the share of it that they cover. */
  #area(i: number, begin: number, step: number, count: number): number {
    const last = count - 1;
    const finish = begin + step;
    const first = clamp(Math.floor(begin), last);
    this.start[i] = first;
    let at = this.offset[i] ?? 0;
    const final = clamp(Math.ceil(finish) - 1, last);
    for (let k = first; k <= final; k += 1) {
      const low = k === 0 ? begin : Math.max(begin, k);
      const high = k === last ? finish : Math.min(finish, k + 1);
      this.weights[at] = Math.max(0, high - low) / step;
      at += 1;
    }
    return at;
  }

  /** The two samples whose centres are nearest to `centre`. */
  #between(i: number, centre: number, count: number): number {
    const low = Math.floor(centre - 0.5);
    const share = centre - 0.5 - low;
    const at = this.offset[i] ?? 0;
    this.start[i] = clamp(low, count - 1);
    if (low < 0 || low >= count - 1) {
      this.weights[at] = 1;
      return at + 1;
    }
    this.weights[at] = 1 - share;
    this.weights[at + 1] = share;
    return at + 2;
  }
}

function clamp(index: number, last: number): number {
  return index < 0 ? 0 : index > last ? last : index;
}
