/**
 * Editor: one desk that components watch, and the only way to change it.
 */
import { createStore, type Store } from "../state/store.ts";
import { act, type Act, type Desk, openDesk } from "./desk.ts";
import type { Drawing } from "./shapes.ts";

export interface Editor {
  readonly desk: Store<Desk>;
  do(what: Act): void;
}

export function openEditor(drawing: Drawing): Editor {
  const desk = createStore(openDesk(drawing));
  return { desk, do: (what) => desk.set(act(desk.get(), what)) };
}
