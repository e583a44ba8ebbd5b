/**
 * Pictures: opened thumbnails as blob: addresses, kept for as long as they are among the newest.
 *
 * A picture that falls out is revoked: an element that shows it already keeps it, a new one asks
 * again. Two who ask for one picture at once share its request.
 */
const kept = 300;

export class Pictures {
  readonly #load: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly #most: number;
  readonly #known = new Map<string, Promise<string>>();

  constructor(load: (path: string) => Promise<Uint8Array<ArrayBuffer>>, most = kept) {
    this.#load = load;
    this.#most = most;
  }

  /** Throws as the request and as `open`; a failure is forgotten, so that it can be tried again. */
  async address(path: string): Promise<string> {
    const known = this.#known.get(path) ?? this.#make(path);
    this.#known.delete(path);
    this.#known.set(path, known);
    if (this.#known.size > this.#most) this.#dropOldest();
    return known;
  }

  /** Somebody else uses this browser now. */
  clear(): void {
    while (this.#known.size > 0) this.#dropOldest();
  }

  async #make(path: string): Promise<string> {
    try {
      return URL.createObjectURL(new Blob([await this.#load(path)], { type: "image/jpeg" }));
    } catch (error) {
      this.#known.delete(path);
      throw error;
    }
  }

  #dropOldest(): void {
    const [oldest] = this.#known;
    if (oldest === undefined) return;
    const [path, address] = oldest;
    this.#known.delete(path);
    address.then(
      (url) => URL.revokeObjectURL(url),
      () => {}, // whoever asked was told
    );
  }
}
