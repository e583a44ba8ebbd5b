/**
 * Snapshots: the masked picture of now as a JPEG, for whom the ledger names. A few at a time.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Door } from "../door.ts";
import type { Feed } from "./feed.ts";
import { Stills } from "./still.ts";

const mostAtOnce = 2;

export class Snapshots {
  readonly #door: Door;
  readonly #feed: Feed;
  readonly #stills = new Stills();
  #atOnce = 0;

  constructor(door: Door, feed: Feed) {
    this.#door = door;
    this.#feed = feed;
  }

  /** Throws Fault: nothing is shown now, too many at a time, no decoder. */
  async take(from: string): Promise<Uint8Array> {
    if (this.#atOnce >= mostAtOnce) throw new Fault("unavailable", "two snapshots are being made already");
    this.#atOnce += 1;
    try {
      const view = await this.#door.view("snapshot", from);
      try {
        const unit = this.#feed.newestKey;
        if (unit === null) throw new Fault("unavailable", "there is no picture now");
        const jpeg = await this.#stills.of(unit);
        // it may have been closed meanwhile
        if (view.isOver()) throw new Fault("unavailable", "nothing is shown any more");
        return jpeg;
      } finally {
        view.end();
        if (this.#feed.newestKey === null) this.#stills.forget();
      }
    } finally {
      this.#atOnce -= 1;
    }
  }
}
