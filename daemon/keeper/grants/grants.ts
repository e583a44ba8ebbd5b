/**
 * Grants: the grant book at work in the keeper: on the real disk, once a second, with the courier's link.
 *
 * Folders that cannot be read shut the gate and nothing else: `fault` says why, opening is tried again
 * every half minute, the bell rings on. Closing waits for what is under way.
 */
import { randomInt } from "node:crypto";
import type { Settings } from "../../../config/schema.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { isUnfinished } from "../../consent/grant-state.ts";
import type { Household } from "../../household/household.ts";
import { diskFiles } from "../../files/disk.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import type { DataPaths } from "../../wire/paths.ts";
import { ClockTrust, type ClockView } from "../clock-trust.ts";
import { GrantBook } from "./grant-book.ts";
import { homesBelow } from "./home.ts";
import type { Asked, CourierPort, Ledger } from "./ports.ts";

const everyMs = 1_000;
const retryMs = 30_000;
const randomSteps = 2 ** 32;

export type GrantMessage = Extract<CourierToKeeper, { type: "chunk-asked" | "parcel-state" | "dock-answer" }>;

export interface GrantsOptions {
  readonly paths: Pick<DataPaths, "root">;
  readonly settings: Pick<Settings, "portal" | "consent" | "archive">;
  readonly clock: Clock;
  readonly household: () => Household;
  readonly ledger: Ledger;
  readonly asked: Asked;
  readonly courier: CourierPort;
  readonly onChange: () => void;
  /** It became another one; null = the book is open. */
  readonly onFault: (fault: Fault | null) => void;
}

export class Grants implements AsyncDisposable {
  readonly #options: GrantsOptions;
  #book: GrantBook | null = null;
  #clockTrust: ClockTrust | null = null;
  #fault: Fault | null = null;
  #cancel = (): void => {};
  readonly #working = new Set<Promise<void>>();
  #retryMonoMs = 0;
  #closed = false;
  /** Chunks that were asked for while there was no book. */
  #refused = 0;

  constructor(options: GrantsOptions) {
    this.#options = options;
  }

  /** The first attempt; resolves either way. */
  async open(): Promise<void> {
    await this.#tryOpen();
    this.#cancel = this.#options.clock.every(everyMs, () => this.#tick());
  }

  /** Throws Fault `unavailable`. */
  get book(): GrantBook {
    if (this.#book !== null) return this.#book;
    throw (
      this.#fault ?? new Fault("unavailable", "grants are not read yet", { hint: "ask again in a moment" })
    );
  }

  /** Why the book is not open; says nothing about what is in it. */
  get unreadable(): Fault | null {
    return this.#fault;
  }

  /** Why nothing can be sent. */
  get fault(): Fault | null {
    return this.#fault ?? this.#book?.fault ?? null;
  }

  /** The gate's own answer, for whoever else must not act by a doubtful clock. */
  get clockTrusted(): boolean {
    return this.#clockTrust?.now().trusted ?? false;
  }

  /** What the gate makes of the clock; null = it has not looked yet. */
  get clock(): ClockView | null {
    return this.#clockTrust?.now() ?? null;
  }

  get sending(): number {
    return this.#book?.sending ?? 0;
  }

  /** Recordings of which something was signed for and has neither arrived nor been stopped. */
  get promisedClips(): ReadonlySet<string> {
    const cards = this.#book?.cards ?? [];
    const unfinished = cards.filter(({ state }) => isUnfinished(state));
    return new Set(unfinished.flatMap(({ clips }) => clips.map(({ clip }) => clip)));
  }

  /** Recordings of which anything was ever signed for that is still in the book; null = not all of it can be read. */
  get grantedClips(): ReadonlySet<string> | null {
    if (this.#book === null || this.#book.damaged > 0) return null;
    return new Set(this.#book.cards.flatMap(({ clips }) => clips.map(({ clip }) => clip)));
  }

  /** Grants of which this recording is a part. */
  withClip(clip: string): ReadonlySet<string> {
    const cards = this.#book?.cards ?? [];
    return new Set(cards.filter(({ clips }) => clips.some((each) => each.clip === clip)).map(({ id }) => id));
  }

  /** Of the gate: chunks that were asked for, handed over, refused. */
  get counts(): { readonly asked: number; readonly handedOver: number; readonly refused: number } {
    const { asked = 0, handedOver = 0, refused = 0 } = this.#book?.carrying ?? {};
    return { asked: asked + this.#refused, handedOver, refused: refused + this.#refused };
  }

  handle(message: GrantMessage): void {
    if (this.#book !== null) return this.#do((book) => book.handle(message));
    if (message.type !== "chunk-asked") return;
    this.#refused += 1;
    const { grant, offset } = message;
    this.#options.courier.send({ type: "chunk-refused", grant, offset, reason: "no-such-grant" });
  }

  courierArrived(): void {
    this.#do((book) => book.courierArrived());
  }

  courierLeft(): void {
    this.#book?.courierLeft();
  }

  /** Somebody was removed, or something else that a grant depends on has changed. */
  look(): void {
    this.#do((book) => book.tick());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await Promise.all(this.#working);
  }

  #tick(): void {
    if (this.#book !== null) return this.#do((book) => book.tick());
    if (this.#closed || this.#options.clock.monoMs() < this.#retryMonoMs) return;
    this.#track(this.#tryOpen());
  }

  #do(work: (book: GrantBook) => Promise<void>): void {
    if (this.#book === null || this.#closed) return;
    this.#track(work(this.#book).catch((error: unknown) => this.#tell(toFault(error))));
  }

  /** Never rejects; closing waits for it. */
  #track(work: Promise<void>): void {
    const working = work.finally(() => this.#working.delete(working));
    this.#working.add(working);
  }

  async #tryOpen(): Promise<void> {
    const { paths, clock, settings, household, ledger, asked, courier, onChange } = this.#options;
    this.#retryMonoMs = clock.monoMs() + retryMs;
    try {
      const files = diskFiles(paths.root);
      const clockTrust = await ClockTrust.open(files, clock);
      this.#clockTrust = clockTrust;
      const homeOf = homesBelow(paths.root);
      const random = (): number => randomInt(randomSteps) / randomSteps;
      const ports = {
        files,
        clock,
        clockTrust,
        random,
        settings,
        household,
        ledger,
        asked,
        courier,
        onChange,
      };
      this.#book = await GrantBook.open({ ...ports, homeOf });
      this.#tell(null);
      if (courier.connected) this.courierArrived();
    } catch (error) {
      this.#tell(toFault(error));
    }
  }

  #tell(fault: Fault | null): void {
    const isNews = fault?.message !== this.#fault?.message;
    this.#fault = fault;
    if (isNews) this.#options.onFault(fault);
    this.#options.onChange();
  }
}
