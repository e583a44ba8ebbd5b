/**
 * useEvent: an event by its id, for its thumbnail and its recording; asked for once.
 *
 * What the list at the door knows already is not asked for. Null: not there (yet), or not for this person.
 */
import { useEffect, useState } from "preact/hooks";
import type { Event } from "../../../daemon/wire/api.ts";
import type { Home } from "../../state/home.ts";
import { getEvent } from "../api.ts";

const kept = 500;
const known = new Map<string, Promise<Event | null>>();

function eventOf(home: Home, id: string): Promise<Event | null> {
  const listed = home.store.get().list.events.find((event) => event.id === id);
  if (listed !== undefined && listed.state !== "open") return Promise.resolve(listed);
  const asked = known.get(id) ?? getEvent(id).catch(() => null);
  known.delete(id);
  known.set(id, asked);
  // what may still change, or failed, is asked for again by the next one who wants it
  void asked.then((event) => (event === null || event.state === "open") && known.delete(id));
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
  return asked;
}

/** `id` null = none is wanted. */
export function useEvent(home: Home, id: string | null): Event | null {
  const [found, setFound] = useState<Event | null>(null);
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    void eventOf(home, id).then((event) => wanted && setFound(event));
    return () => {
      wanted = false;
    };
  }, [home, id]);
  useEffect(
    () =>
      home.onNotice(
        (notice) => void (notice.type === "event" && notice.event.id === id && setFound(notice.event)),
      ),
    [home, id],
  );
  return found?.id === id ? found : null;
}

/** It is another by now, as the doorbell says. */
export function forgetEvent(id: string): void {
  known.delete(id);
}

/** Somebody else uses this browser now. */
export function forgetEvents(): void {
  known.clear();
}
