/**
 * Phone book: the browsers that are told by web push, each with the person and the session that asked for it.
 *
 * One file with the key that they were given: neither is worth anything without the other. Nobody is told before an
 * owner has said that web push may be used, by asking for it or by allowing it. A phone goes with its person, when its
 * session is ended by somebody, and when its push service knows it no more; a session that ran out takes no phone along:
 * who is told does not open the page for weeks. Who is told no more is so at once, and written until it is durable.
 * A damaged file is told as a fault and begun anew beside a copy of it by the next who asks to be told; one that the disk
 * does not give is read again, and nothing is written over it.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { assert, Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";
import type { Person } from "../../household/record.ts";
import { maxPhones, subscriptionSchema, type Subscription } from "../../wire/told.ts";
import { newId } from "../../wire/id.ts";
import { newVapidKey, type VapidKey } from "./vapid-key.ts";

export const maxPerPerson = 8;
const fileName = "phones.json";
const damagedName = "phones.damaged.json";
const retryMs = 30_000;

const phoneSchema = z.strictObject({
  id: z.string(),
  person: z.string(),
  /** Somebody else under the same id would not inherit it. */
  signKey: z.string(),
  session: z.string(),
  label: z.string(),
  addedWallMs: z.int(),
  ...subscriptionSchema.shape,
});
export type Phone = z.output<typeof phoneSchema>;

const bookSchema = z.strictObject({
  allowed: z.boolean(),
  key: z.strictObject({ publicKey: z.string(), privateKey: z.string() }),
  phones: z.array(phoneSchema),
});
type Book = z.output<typeof bookSchema>;

export interface Asked extends Subscription {
  readonly person: Pick<Person, "id" | "signKey" | "role">;
  readonly session: string;
  readonly label: string;
}

export interface PhoneBookOptions {
  readonly files: Files;
  readonly clock: Pick<Clock, "wallMs" | "after">;
  /** Its person is still of this house, with the same key; true when nobody knows. */
  readonly belongs: (phone: Phone) => boolean;
  readonly onChanged: () => void;
}

/** Durable before what it tells happens; when it rejects, that does not happen. */
type Record = () => Promise<unknown>;

export class PhoneBook implements AsyncDisposable {
  readonly #options: PhoneBookOptions;
  readonly #turns = new Turns();
  #book: Book | null = null;
  /** What begins when there is none: its key may be given out before it is written. */
  #blank: Book | null = null;
  #fault: Fault | null = null;
  /** As they lie there; null = nothing is wrong with them, or they could not be read. */
  #damaged: Uint8Array | null = null;
  /** Somebody who is told no more still stands in the file. */
  #owes = false;
  #cancelRetry = (): void => {};

  constructor(options: PhoneBookOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    await this.#turns.take(() => this.#read());
    await this.#prune();
  }

  get fault(): Fault | null {
    return this.#fault;
  }

  get allowed(): boolean {
    return this.#book?.allowed ?? false;
  }

  get phones(): readonly Phone[] {
    return this.#book?.phones ?? [];
  }

  get key(): VapidKey | null {
    return this.#book?.key ?? null;
  }

  /** The public half; durable, but beside a damaged file: to look is not to choose anew. Throws Fault. */
  async publicKey(): Promise<string> {
    if (this.#book === null && this.#damaged === null) await this.#change((book) => book);
    return (this.#book ?? this.#new()).key.publicKey;
  }

  /** The same endpoint again takes the place of the first; one that is new is recorded. Throws Fault `denied`, `exhausted`. */
  async add({ person, session, label, ...subscription }: Asked, record: Record): Promise<Phone> {
    const { endpoint, p256dh, auth } = subscription;
    let phone: Phone | null = null;
    await this.#change((book) => {
      const allowed = book.allowed || person.role === "owner";
      if (!allowed) throw notAllowed();
      const others = book.phones.filter((each) => each.endpoint !== endpoint);
      if (others.filter((each) => each.person === person.id).length >= maxPerPerson)
        throw new Fault("exhausted", `${maxPerPerson} browsers of yours are told already`, {
          hint: "remove one of them first",
        });
      if (others.length >= maxPhones)
        throw new Fault("exhausted", `${maxPhones} browsers are told already`, { hint: "remove one first" });
      const wallMs = Math.round(this.#options.clock.wallMs());
      const before = book.phones.find((each) => each.endpoint === endpoint && each.person === person.id);
      const { id, addedWallMs } = before ?? { id: newId(wallMs), addedWallMs: wallMs };
      const { id: ofPerson, signKey } = person;
      phone = { id, person: ofPerson, signKey, session, label, addedWallMs, endpoint, p256dh, auth };
      return { ...book, allowed, phones: [...others, phone], ...(before === undefined ? { record } : {}) };
    });
    assert(phone !== null, "a phone is added");
    return phone;
  }

  /** Those that fit are told no more: at once, and durably when it resolves; tried again by itself when it rejects. */
  async remove(fits: (phone: Phone) => boolean): Promise<void> {
    if (!this.phones.some(fits)) return;
    await this.#change((book) => ({ ...book, phones: book.phones.filter((each) => !fits(each)) }));
  }

  /** Not allowed: nobody is told any more. */
  async allow(allowed: boolean, record: Record): Promise<void> {
    await this.#change((book) => ({ ...book, allowed, phones: allowed ? book.phones : [], record }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelRetry();
    if (this.#owes) await this.#change((book) => book).catch(() => {}); // it was said when it failed first
    this.#cancelRetry();
  }

  /** Checked, recorded, then in force when it is durable; but for who is told no more: that counts at once. */
  #change(next: (book: Book) => Book & { readonly record?: Record }): Promise<void> {
    return this.#turns.take(async () => {
      await this.#readAgain();
      const before = this.#book ?? this.#new();
      const { record, ...book } = next(before);
      await record?.();
      const kept = before.phones.filter((phone) => book.phones.includes(phone));
      if (this.#book !== null && kept.length < before.phones.length) {
        this.#book = { ...before, phones: kept };
        this.#owes = true;
        this.#options.onChanged();
      }
      await this.#write(book);
      this.#book = book;
      this.#fault = null;
      this.#options.onChanged();
    });
  }

  async #write(book: Book): Promise<void> {
    const { files, clock } = this.#options;
    this.#cancelRetry();
    try {
      if (this.#damaged !== null) await files.write(damagedName, this.#damaged);
      await files.write(fileName, new TextEncoder().encode(`${JSON.stringify(book)}\n`));
      this.#damaged = null;
      this.#owes = false;
    } catch (error) {
      if (this.#owes)
        this.#cancelRetry = clock.after(retryMs, () => void this.#change((same) => same).catch(() => {}));
      throw error;
    }
  }

  #new(): Book {
    this.#blank ??= { allowed: false, key: newVapidKey(), phones: [] };
    return this.#blank;
  }

  async #read(): Promise<void> {
    let bytes: Uint8Array | null = null;
    try {
      bytes = await this.#options.files.read(fileName);
      if (bytes !== null) this.#book = bookSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      this.#fault = null;
    } catch (error) {
      this.#damaged = bytes;
      const isDamaged = bytes !== null;
      this.#fault = new Fault(
        isDamaged ? "corrupt" : toFault(error).kind,
        "the list of browsers that are told cannot be read",
        {
          hint: isDamaged
            ? "choose anew on each of them to be told, or put push/phones.json back from a backup"
            : "it is read again when somebody opens the page Alerts",
          cause: error,
        },
      );
    }
  }

  /** Throws the fault of a file that the disk still does not give: nothing is built on that. */
  async #readAgain(): Promise<void> {
    if (this.#fault === null || this.#damaged !== null) return;
    await this.#read();
    if (this.#fault !== null && this.#damaged === null) throw this.#fault;
    void this.#prune();
    this.#options.onChanged();
  }

  /** Removed while this could not be written or read. */
  async #prune(): Promise<void> {
    await this.remove((phone) => !this.#options.belongs(phone)).catch(() => {}); // tried again
  }
}

function notAllowed(): Fault {
  return new Fault("denied", "no owner has allowed alerts to browsers yet", {
    hint: "an owner opens this page and is told first, or allows it there",
  });
}

/** By which a browser finds itself in the list, without the list telling its address. */
export function markOf(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("base64url");
}
