/**
 * Remarks: what somebody says of an event: worth being told or a false alarm, what it was instead, to be kept. Shown at
 * once; taken back when the doorbell refuses.
 */
import type { Event } from "../../daemon/wire/api.ts";
import { markEvent } from "../events/list.ts";
import { moveWords } from "../events/what-of.ts";
import { number } from "../look/format.ts";
import { words } from "../words.ts";
import { postKeep, postWhat, putMark } from "./api.ts";
import { changeList } from "./change-list.ts";
import type { Messages } from "./messages.ts";
import { corrected, type Model } from "./model.ts";
import type { Store } from "./store.ts";

/** What somebody's word on an event needs to know of it. */
type Corrected = Pick<Event, "id" | "what" | "corrected">;

export class Remarks {
  readonly #store: Store<Model>;
  readonly #messages: Messages;

  constructor(store: Store<Model>, messages: Messages) {
    this.#store = store;
    this.#messages = messages;
  }

  async mark({ id, mark: before }: Event, mark: Event["mark"]): Promise<void> {
    changeList(this.#store, (list) => markEvent(list, id, mark));
    try {
      await putMark(id, mark);
    } catch {
      changeList(this.#store, (list) => markEvent(list, id, before));
      this.#messages.say(words.marks.failed);
    }
  }

  async correct({ id, corrected: before }: Corrected, label: Event["corrected"]): Promise<boolean> {
    this.#store.set(corrected(this.#store.get(), id, label));
    try {
      await postWhat(id, label);
      return true;
    } catch {
      this.#store.set(corrected(this.#store.get(), id, before));
      this.#messages.say(words.what.failed);
      return false;
    }
  }

  /** The same from a list: says so, with the word that takes it back. */
  async correctAloud(event: Corrected, label: Event["corrected"]): Promise<void> {
    const { done, takenBack, labels, undo } = words.what;
    const before = event.corrected;
    if (!(await this.correct(event, label))) return;
    this.#messages.say(label === null ? takenBack(moveWords(event.what)) : done(labels[label]), {
      label: undo,
      run: () => {
        this.#messages.clear();
        void this.correct({ ...event, corrected: label }, before);
      },
    });
  }

  /** Whether these are kept although rules ignore them; the doorbell tells what becomes of them. */
  async keep(ids: readonly string[], keep: boolean): Promise<boolean> {
    try {
      await postKeep(ids, keep);
      this.#messages.say(keep ? words.ignored.kept(number(ids.length)) : words.ignored.left);
      return true;
    } catch {
      this.#messages.say(words.ignored.failed);
      return false;
    }
  }
}
