/**
 * Rereader: read again when asked, one reading at a time, and never a queue of them.
 *
 * Who asks while a reading is under way gets one that begins after it, shared with everybody else
 * who asked meanwhile: what they saw change is in it.
 */
export class Rereader {
  readonly #read: () => Promise<void>;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /** `read` must not throw. */
  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  again(): Promise<void> {
    if (this.#running === null) return this.#start();
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.#start();
    });
    return this.#next;
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await (this.#next ?? this.#running);
  }

  #start(): Promise<void> {
    const running = this.#read().then(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
