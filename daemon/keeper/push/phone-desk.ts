/**
 * Phone desk: what the courier is told of the phones, and what it says of them: gone, not reached, a test's outcome.
 */
import type { z } from "zod";
import { Fault, type FaultKind } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { CourierToKeeper, KeeperToCourier } from "../../wire/messages.ts";
import type { faultSchema } from "../../wire/fault.ts";
import { newId } from "../../wire/id.ts";
import type { Phone, PhoneBook } from "./phone-book.ts";

type WireFault = z.output<typeof faultSchema>;

export type PhoneWord = Extract<CourierToKeeper, { type: "phone-gone" | "phone-state" | "phone-tested" }>;

export interface PhoneDeskOptions {
  readonly clock: Clock;
  readonly book: PhoneBook;
  readonly isThere: () => boolean;
  readonly send: (message: KeeperToCourier) => void;
  /** A push service says that this browser is gone. */
  readonly onGone: (phone: Phone) => void;
}

/** The courier gives a call twenty seconds. */
const limitMs = 25_000;
const mostTests = 16;

export interface PhoneTrouble {
  readonly fault: WireFault;
  readonly sinceWallMs: number;
}

export class PhoneDesk {
  readonly #options: PhoneDeskOptions;
  readonly #troubles = new Map<string, PhoneTrouble>();
  readonly #tests = new Map<string, (fault: Fault | null) => void>();
  /** A courier that was told of a phone must be told that there is none any more. */
  #told = false;

  constructor(options: PhoneDeskOptions) {
    this.#options = options;
  }

  /** Why alerts to it do not arrive, as far as the courier that is there has tried. */
  troubleOf(phone: string): PhoneTrouble | null {
    return this.#troubles.get(phone) ?? null;
  }

  /** The courier is there, and knows nothing. */
  greet(): void {
    this.#told = false;
    this.#troubles.clear();
    this.changed();
  }

  /** The courier went away, and what it was asked with it. */
  clear(): void {
    for (const over of this.#tests.values()) over(new Fault("unavailable", "the courier went away"));
  }

  changed(): void {
    const { book, send } = this.#options;
    const { key, phones } = book;
    for (const id of this.#troubles.keys())
      if (!phones.some((phone) => phone.id === id)) this.#troubles.delete(id);
    if (key === null || (phones.length === 0 && !this.#told)) return;
    this.#told = true;
    const said = phones.map(({ id: phone, endpoint, p256dh, auth }) => ({ phone, endpoint, p256dh, auth }));
    send({ type: "phones", key, phones: said });
  }

  /** Resolves when its push service took a test alert. Throws Fault: why not. */
  async test(phone: string): Promise<void> {
    const { clock, isThere, send } = this.#options;
    if (!isThere())
      throw new Fault("unavailable", "the courier is not running", { hint: "it starts again by itself" });
    if (this.#tests.size >= mostTests)
      throw new Fault("unavailable", "other test alerts are on their way", { hint: "try again" });
    const test = newId(clock.wallMs());
    const { promise, resolve } = Promise.withResolvers<Fault | null>();
    const cancel = clock.after(limitMs, () => resolve(new Fault("timeout", "the courier did not answer")));
    this.#tests.set(test, resolve);
    send({ type: "phone-test", phone, test });
    const fault = await promise;
    cancel();
    this.#tests.delete(test);
    if (fault !== null) throw fault;
  }

  handle(word: PhoneWord): void {
    const { book, clock, onGone } = this.#options;
    if (word.type === "phone-tested") {
      const { fault } = word;
      return this.#tests.get(word.test)?.(fault === undefined ? null : faultOf(fault));
    }
    const phone = book.phones.find(({ id }) => id === word.phone);
    if (phone === undefined) return;
    if (word.type === "phone-gone") return onGone(phone);
    if (word.fault === undefined) this.#troubles.delete(phone.id);
    else {
      const sinceWallMs = this.#troubles.get(phone.id)?.sinceWallMs ?? Math.round(clock.wallMs());
      this.#troubles.set(phone.id, { fault: word.fault, sinceWallMs });
    }
  }
}

/** The push service's fault, not the page's: whatever it was, nothing of ours is wrong or missing. */
function faultOf({ kind, message, hint }: WireFault): Fault {
  const passed: FaultKind = kind === "timeout" ? "timeout" : "unavailable";
  return new Fault(passed, message, { hint });
}
