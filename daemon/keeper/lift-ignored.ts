/**
 * Lift ignored: after rules of the house changed, what they ignore no more is shown again, and kept like everything else.
 *
 * The other way round nothing happens: a new rule hides and deletes nothing that is over. A page at a time, the disk's answer
 * between two, so that a press waits for nothing and the write queue is never full of it.
 */
import type { EventBook } from "./event-book.ts";
import type { EventKey } from "./store/reader.ts";
import type { Store } from "./store/store.ts";

const pageEvents = 100;

export async function liftIgnored({ store, book }: { store: Store; book: EventBook }): Promise<void> {
  let before: EventKey | null = null;
  for (;;) {
    const page = store.events({ kind: null, ignored: true, before, limit: pageEvents });
    for (const { id } of page) book.lift(id);
    const last = page.at(-1);
    if (last === undefined || page.length < pageEvents) return;
    before = { startWallMs: last.startWallMs, id: last.id };
    await store.queue.settled();
    if (store.queue.fault !== null) throw store.queue.fault;
  }
}
