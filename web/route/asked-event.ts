/**
 * AskedEvent: an address like "#/event/ID", as a notification opens it: the door, with that event on top.
 *
 * The address becomes the door's own again at once: loaded anew, the page does not open the event a second time.
 */
import { useEffect, useState } from "preact/hooks";
import { addressOf } from "./route.ts";

export interface AskedEvent {
  readonly id: string;
  /** Once: whoever goes to another page and comes back has seen it. */
  readonly taken: () => void;
}

export function useAskedEvent(route: string): AskedEvent | null {
  const [asked, setAsked] = useState<AskedEvent | null>(null);
  const id = eventIn(route);
  useEffect(() => {
    if (id === null) return;
    setAsked({ id, taken: () => setAsked(null) });
    location.replace(addressOf(""));
  }, [id]);
  return asked;
}

export function eventIn(route: string): string | null {
  return /^event\/([0-9a-z-]{8,40})$/u.exec(route)?.[1] ?? null;
}
