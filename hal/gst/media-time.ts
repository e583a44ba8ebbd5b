/**
 * Media time: the times of a source as microseconds that start at 0 and grow strictly.
 *
 * A file may start anywhere, repeat a time, step back or have none; then the nominal rate fills in.
 */
export class MediaTime {
  readonly #stepUs: number;
  #startNs: number | null = null;
  #lastUs = -1;

  constructor(fps: number) {
    this.#stepUs = Math.max(1, Math.round(1e6 / fps));
  }

  /** The time given last, -1 before the first. */
  get lastUs(): number {
    return this.#lastUs;
  }

  next(ptsNs: number | null): number {
    if (ptsNs === null) return (this.#lastUs = this.#lastUs < 0 ? 0 : this.#lastUs + this.#stepUs);
    this.#startNs ??= ptsNs - Math.max(0, this.#lastUs) * 1000;
    const us = Math.round((ptsNs - this.#startNs) / 1000);
    this.#lastUs = us > this.#lastUs ? us : this.#lastUs + 1;
    return this.#lastUs;
  }
}
