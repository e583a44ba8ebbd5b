/**
 * Records: the public log and its index as one thing: what is appended can be found, and what is found is in
 * the log.
 *
 * One writer over all processes (`alone`): inside, the index is brought up to the log, then the caller looks
 * and decides, then what it decided is appended and indexed. The index remembers size and root of the log that
 * it was made from, so a log folder that was put back from an old backup, or another portal's, is refused
 * instead of forked.
 */
import { tileWidth } from "../../daemon/ledger/tiles.ts";
import type { Envelope } from "../../daemon/identity/envelope.ts";
import { Fault } from "../../hal/fault.ts";
import type { Indexed, Store } from "../store/store.ts";
import { encodeEntry, payloadHash, readEntry } from "./entry.ts";
import type { LogState, PublicLog } from "./public-log.ts";

export interface LoggedAt {
  readonly hash: string;
  readonly index: number;
}

export class Records {
  readonly log: PublicLog;
  readonly #store: Store;

  constructor(log: PublicLog, store: Store) {
    this.log = log;
    this.#store = store;
  }

  /** At the start, and whenever another process may have appended. */
  async open(): Promise<LogState> {
    return this.#store.alone(() => this.#catchUp());
  }

  /** `decide` reads the index and throws when it must not be; nothing comes between it and the append. */
  append(decide: () => Promise<readonly Envelope[]>): Promise<LoggedAt[]> {
    return this.#store.alone(async () => {
      const { size: from } = await this.#catchUp();
      const envelopes = await decide();
      const entries = envelopes.map(encodeEntry);
      const state = await this.log.append(entries);
      const indexed = entries.map((entry, at) => readEntry(from + at, entry));
      await this.#index(indexed, state);
      return envelopes.map((envelope, at) => ({ hash: payloadHash(envelope), index: from + at }));
    });
  }

  async #catchUp(): Promise<LogState> {
    const state = await this.log.settle();
    const head = await this.#store.registry.head();
    if (head !== null) await this.#mustContinue(head, state);
    for (let from = head?.size ?? 0; from < state.size;) {
      const entries = await this.log.entries(from, state.size);
      const to = from + entries.length;
      const indexed = entries.map((entry, at) => readEntry(from + at, entry));
      await this.#index(indexed, { size: to, root: await this.log.rootAt(to, state.size) });
      if (entries.length === 0 || entries.length > tileWidth)
        throw new Fault("corrupt", "a bundle of the public log is cut");
      from = to;
    }
    if (head === null && state.size === 0) await this.#index([], state);
    return state;
  }

  async #mustContinue(head: { size: number; root: string }, state: LogState): Promise<void> {
    const hint = "put the newest backup of the folder log/ back, or point to the database that belongs to it";
    if (head.size > state.size)
      throw new Fault("corrupt", `the public log has ${state.size} entries and had ${head.size}`, { hint });
    const root = head.size === state.size ? state.root : await this.log.rootAt(head.size, state.size);
    if (Buffer.from(root).toString("hex") !== head.root)
      throw new Fault("corrupt", "the public log is another one than its index was made from", { hint });
  }

  #index(indexed: readonly (Indexed | null)[], { size, root }: LogState): Promise<void> {
    const known = indexed.filter((entry) => entry !== null);
    return this.#store.registry.index(known, { size, root: Buffer.from(root).toString("hex") });
  }
}
