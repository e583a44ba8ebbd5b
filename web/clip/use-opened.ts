/**
 * useOpened: the event that is open in the player, as it is now: also one that is older than the list reaches follows
 * what the doorbell tells of it and what is corrected.
 */
import { useEffect } from "preact/hooks";
import type { Event } from "../../daemon/wire/api.ts";
import type { Home } from "../state/home.ts";
import { useStore } from "../state/store.ts";

export function useOpened(home: Home, event: Event): Event {
  const opened = useStore(home.store, (model) => model.opened);
  useEffect(() => home.opened(event), [home, event]);
  useEffect(() => () => home.opened(null), [home]);
  return opened?.id === event.id ? opened : event;
}
