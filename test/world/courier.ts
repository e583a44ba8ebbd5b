/**
 * Courier: what carries parcels in the world, honest or not, and the docks that it brings them to.
 */
import type { GrantBook } from "../../daemon/keeper/grants/grant-book.ts";
import type { Chunk } from "../../daemon/wire/chunk.ts";
import type { KeeperToCourier } from "../../daemon/wire/messages.ts";

export interface Job {
  readonly grant: string;
  readonly deliverTo: string;
  readonly bytes: number;
  /** What the dock has. */
  offset: number;
}

export class SimCourier {
  connected = true;
  readonly jobs = new Map<string, Job>();
  /** Docks remember what they have, also when the courier is started anew. */
  readonly #docks: Map<string, number>;

  constructor(docks: Map<string, number>) {
    this.#docks = docks;
  }

  send(message: KeeperToCourier): void {
    if (!this.connected) return;
    if (message.type === "parcel-send") {
      const { grant, deliverTo, bytes } = message;
      this.jobs.set(grant, { grant, deliverTo, bytes, offset: this.#docks.get(grant) ?? 0 });
    }
    if (message.type === "parcel-stop") {
      this.jobs.delete(message.grant);
      this.#docks.delete(message.grant);
    }
  }

  take({ grant, offset, bytes }: Chunk): void {
    const job = this.jobs.get(grant);
    if (job === undefined || offset > job.offset) return;
    job.offset = Math.max(job.offset, offset + bytes.length);
    this.#docks.set(grant, job.offset);
  }

  /** One chunk of a job, and word of it when it was the last. */
  async carry(book: GrantBook, job: Job): Promise<void> {
    await book.handle({ type: "chunk-asked", grant: job.grant, offset: job.offset });
    const location = `${job.deliverTo}/${job.grant}`;
    const state = job.offset >= job.bytes ? "delivered" : "sending";
    await book.handle({ type: "parcel-state", grant: job.grant, state, location, offset: job.offset });
    if (state === "delivered") this.jobs.delete(job.grant);
  }
}
