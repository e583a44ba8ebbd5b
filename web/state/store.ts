/**
 * Store: one value that components watch.
 *
 * `set` with the same value tells nobody. Handlers run in order of subscription, synchronously.
 */
import { useEffect, useRef, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  set(next: T): void;
  /** Returns its unsubscribe. */
  on(handler: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const handlers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const handler of handlers) handler();
    },
    on(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
}

/** Renders again only when what `select` picks changes. `select` is that of the newest rendering: it may know its props. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  const [, renderAgain] = useState({});
  const value = select(store.get());
  const shown = useRef({ select, value });
  shown.current = { select, value };
  useEffect(() => {
    const check = (): void => {
      const { current } = shown;
      if (!Object.is(current.select(store.get()), current.value)) renderAgain({});
    };
    check();
    return store.on(check);
  }, [store]);
  return value;
}
