/**
 * NearWindow: is an element on the screen or close to it?
 *
 * One IntersectionObserver for the whole page; the list draws the rows of an hour only while
 * this says so, which keeps 30,000 events as light as 100.
 */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

const margin = "1200px 0px";
type Handler = (near: boolean) => void;
const handlers = new WeakMap<Element, Handler>();
let observer: IntersectionObserver | null = null;

function watch(element: Element, handler: Handler): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) handlers.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: margin },
  );
  handlers.set(element, handler);
  observer.observe(element);
  return () => {
    handlers.delete(element);
    observer?.unobserve(element);
  };
}

export function useNearWindow(ref: RefObject<Element | null>, initially: boolean): boolean {
  const [near, setNear] = useState(initially);
  useEffect(() => (ref.current === null ? undefined : watch(ref.current, setNear)), [ref]);
  return near;
}
