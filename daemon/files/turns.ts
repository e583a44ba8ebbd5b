/**
 * Turns: one asynchronous change after the other, in the order of asking.
 *
 * What reads, decides and writes must not be overtaken in between by another that does the same.
 * A change that fails does not stop the next.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(act, act);
    this.#last = mine.catch(() => {}); // whoever asked is told
    return mine;
  }
}
