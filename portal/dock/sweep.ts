/**
 * Sweep: what is over goes: parcels past their time, uploads that stopped half-way, posts that expired, partial
 * tiles that are full by now. In small portions, so that it never holds anybody up.
 */
import type { Clock } from "../../hal/sensors.ts";
import type { Records } from "../log/records.ts";
import type { Store } from "../store/store.ts";
import type { Receiving } from "./receiving.ts";

const atOnce = 100;

export async function sweep({
  store,
  receiving,
  records,
  clock,
}: {
  readonly store: Store;
  readonly receiving: Receiving;
  readonly records: Records;
  readonly clock: Clock;
}): Promise<void> {
  const nowMs = clock.wallMs();
  for (;;) {
    const due = await store.parcels.due(nowMs, atOnce);
    for (const parcel of due) {
      // complete when a crash came between its last byte and its row: it counts from now
      if (parcel.arrivedAt === null) await receiving.finishIfComplete(parcel.upload);
      await receiving.expire(parcel, nowMs);
    }
    if (due.length < atOnce) break;
  }
  await store.parcels.forgetShares(nowMs);
  await store.posts.sweep(nowMs);
  const { size } = await records.open();
  await records.log.prune(size);
}
