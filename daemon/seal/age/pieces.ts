/**
 * Pieces: cuts bytes that come in any sizes into pieces of one size.
 *
 * A full piece is given out only when a further byte came, so that the last one, full or not, is
 * always left for `end`. Pieces share one buffer: use each before asking for the next.
 */
export class Pieces {
  readonly #buffer: Uint8Array;
  #filled = 0;

  constructor(sizeBytes: number) {
    this.#buffer = new Uint8Array(sizeBytes);
  }

  *push(bytes: Uint8Array): Generator<Uint8Array, void> {
    for (let at = 0; at < bytes.length;) {
      if (this.#filled === this.#buffer.length) {
        yield this.#buffer;
        this.#filled = 0;
      }
      const taken = bytes.subarray(at, at + this.#buffer.length - this.#filled);
      this.#buffer.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
    }
  }

  end(): Uint8Array {
    return this.#buffer.subarray(0, this.#filled);
  }
}
