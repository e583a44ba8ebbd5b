/**
 * Remove: takes an event out of the list and gives the keyboard to its neighbour.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { clockTime } from "../look/format.ts";
import type { Home } from "../state/home.ts";
import { words } from "../words.ts";
import { neighbour } from "./keys.ts";

/** `list` is the element of the list; the keyboard moves only if it is inside. */
export function removeFromList(home: Home, list: HTMLElement | null, event: Event): void {
  const next = list?.contains(document.activeElement) ? neighbour(list, event.id) : null;
  home.deletions.remove(event, words.events.removing(words.kinds[event.kind], clockTime(event.startWallMs)));
  if (event.state !== "open") next?.focus();
}
