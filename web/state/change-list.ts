/**
 * ChangeList: another list of events in the model, and nothing else of it.
 */
import type { EventList } from "../events/list.ts";
import type { Model } from "./model.ts";
import type { Store } from "./store.ts";

export function changeList(store: Store<Model>, change: (list: EventList) => EventList): void {
  const model = store.get();
  store.set({ ...model, list: change(model.list) });
}
