/**
 * Turns: one asynchronous piece of work after the other, in the order of asking. One that fails does not
 * stop the next.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(act, act);
    this.#last = mine.catch(() => {}); // whoever asked is told
    return mine;
  }
}
