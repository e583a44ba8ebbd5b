/**
 * Push: alerts to the browsers that asked for them, each on its own.
 *
 *   phones -> who there is        happened -> the phones that it names -> done when each of them is
 *
 * An alert is done when no phone waits for it any more. Told again by another courier, a phone that had it shows it
 * once: the notification has the event's id for a name.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import type { Stage } from "../../wire/stages.ts";
import { alertIdOf, type AlertSaid, type PhonesSaid } from "../../wire/told.ts";
import { toldFault } from "../told-fault.ts";
import { Phone, type PhoneOptions } from "./phone.ts";
import type { WebPush } from "./request.ts";

type Word = "phone-gone" | "phone-state" | "phone-tested";

export interface PushOptions extends Pick<PhoneOptions, "clock" | "random" | "newClient" | "name"> {
  /** Of all phones together; there from the first phone on. */
  readonly stage: () => Stage;
  readonly contact: string;
  readonly onDone: (alert: string, taken: boolean) => void;
  readonly tell: (message: Extract<CourierToKeeper, { type: Word }>) => void;
}

interface Known {
  /** Phones that are not done with it. */
  readonly waiting: Set<string>;
  readonly told: Set<string>;
  /** One of them has it. */
  taken: boolean;
}

const mostKnown = 256;

export class Push implements Disposable {
  readonly #options: PushOptions;
  readonly #phones = new Map<string, Phone>();
  /** Those that do not get through. */
  readonly #faults = new Map<string, Fault>();
  /** Alerts that this process was told of. */
  readonly #known = new Map<string, Known>();
  #lib: Promise<WebPush> | null = null;

  constructor(options: PushOptions) {
    this.#options = options;
  }

  phones({ key, phones }: PhonesSaid): void {
    const sender = { key, contact: this.#options.contact };
    // before the first ring needs it
    if (phones.length > 0) void this.#load().catch(() => {}); // said when something is sent
    for (const [id, phone] of this.#phones) {
      const said = phones.find((each) => each.phone === id);
      if (said === undefined || !phone.is(said, sender)) this.#forget(id, phone);
    }
    for (const said of phones)
      if (!this.#phones.has(said.phone))
        this.#phones.set(said.phone, new Phone(said, sender, this.#phoneOptions(said.phone)));
  }

  happened(said: AlertSaid): void {
    const phones = said.phones.flatMap((id) => {
      const phone = this.#phones.get(id);
      return phone === undefined ? [] : [{ id, phone }];
    });
    const id = alertIdOf(said);
    const known = this.#known.get(id) ?? { waiting: new Set(), told: new Set(), taken: false };
    this.#known.set(id, known);
    for (const oldest of this.#known.keys()) if (this.#known.size > mostKnown) this.#known.delete(oldest);
    const fresh = phones.filter(({ id }) => !known.told.has(id));
    for (const { id } of fresh) {
      known.told.add(id);
      known.waiting.add(id);
    }
    if (known.waiting.size === 0) return this.#options.onDone(id, known.taken);
    for (const { phone } of fresh) phone.happened(said);
  }

  async test({ phone: id, test }: { readonly phone: string; readonly test: string }): Promise<void> {
    const { tell } = this.#options;
    try {
      const phone = this.#phones.get(id);
      if (phone === undefined) throw new Fault("not-found", "this browser is not told any more");
      await phone.test();
      tell({ type: "phone-tested", test });
    } catch (error) {
      tell({ type: "phone-tested", test, fault: toldFault(toFault(error)) });
    }
  }

  [Symbol.dispose](): void {
    for (const phone of this.#phones.values()) phone[Symbol.dispose]();
  }

  #phoneOptions(id: string): PhoneOptions {
    const { tell } = this.#options;
    return {
      ...this.#options,
      stage: this.#options.stage(),
      lib: () => this.#load(),
      onDone: (alert, taken) => this.#done(alert, id, taken),
      onGone: () => tell({ type: "phone-gone", phone: id }),
      onState: (fault) => this.#state(id, fault),
    };
  }

  /** Loaded when there is a phone: most houses of one broker never need it. */
  #load(): Promise<WebPush> {
    this.#lib ??= import("web-push").then((module) => module.default);
    return this.#lib;
  }

  #done(alert: string, phone: string, taken: boolean): void {
    const known = this.#known.get(alert);
    if (known === undefined || !known.waiting.delete(phone)) return;
    known.taken ||= taken;
    if (known.waiting.size === 0) this.#options.onDone(alert, known.taken);
  }

  /** One phone that is told must not hide another that is not. */
  #state(id: string, fault: Fault | null): void {
    const before = this.#faults.get(id);
    if (fault === null) this.#faults.delete(id);
    else this.#faults.set(id, fault);
    this.#showFault();
    if (before?.message === fault?.message) return;
    const told = fault === null ? {} : { fault: toldFault(fault) };
    this.#options.tell({ type: "phone-state", phone: id, ...told });
  }

  #showFault(): void {
    const stage = this.#options.stage();
    const [first] = this.#faults.values();
    if (first === undefined) delete stage.lastError;
    else stage.lastError = first.message;
  }

  #forget(id: string, phone: Phone): void {
    phone[Symbol.dispose]();
    this.#phones.delete(id);
    this.#faults.delete(id);
    this.#showFault();
    for (const alert of this.#known.keys()) this.#done(alert, id, false);
  }
}
