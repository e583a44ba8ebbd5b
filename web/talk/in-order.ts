/**
 * In order: what somebody switches quickly to and fro is said one word after the other, and the last one holds.
 *
 * Requests of a browser overtake each other: an "off" that was sent later may arrive first. So one is on its way at a
 * time, and of those wished meanwhile only the newest follows.
 */
export class InOrder<T> {
  readonly #say: (wish: T) => Promise<void>;
  #wish: T | undefined;
  #under: Promise<void> | null = null;

  constructor(say: (wish: T) => Promise<void>) {
    this.#say = say;
  }

  /** Resolves when the newest wish of all was said; rejects when one could not be said: then those after it are forgotten. */
  wish(wish: T): Promise<void> {
    this.#wish = wish;
    this.#under ??= this.#run().finally(() => (this.#under = null));
    return this.#under;
  }

  async #run(): Promise<void> {
    let said: T | undefined;
    while (this.#wish !== said) {
      const now = this.#wish as T;
      await this.#say(now);
      said = now;
    }
  }
}
