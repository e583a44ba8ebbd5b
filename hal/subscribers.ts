/**
 * Subscribers: who wants to hear of something, told in order of subscription.
 *
 * One small class so that every driver keeps the same promises: `on` returns its unsubscribe; a
 * handler that was unsubscribed is not called any more, not even in the round under way; a handler
 * that throws is its owner's bug, is shown as a process warning and does not stop the others.
 */
export class Subscribers<T> {
  readonly #handlers = new Set<{ readonly handle: (value: T) => void }>();

  on(handler: (value: T) => void): () => void {
    const entry = { handle: handler };
    this.#handlers.add(entry);
    return () => void this.#handlers.delete(entry);
  }

  tell(value: T): void {
    for (const entry of Array.from(this.#handlers)) {
      if (!this.#handlers.has(entry)) continue;
      try {
        entry.handle(value);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  clear(): void {
    this.#handlers.clear();
  }
}
