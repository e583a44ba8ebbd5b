/**
 * Phone book: the browsers that are told by web push, each with the person and the session that asked for it.
 *
 * One file with the key that they were given: neither is worth anything without the other. Nobody is told before an
 * owner has said that web push may be used, by asking for it or by allowing it. A phone goes with its person, when its
 * session is ended by somebody, and when its push service knows it no more; a session that ran out takes no phone along:
 * who is told does not open the page for weeks. A file that cannot be read is told as a fault, and begun anew.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";
import type { Person } from "../../household/record.ts";
import { maxPhones, subscriptionSchema, type Subscription } from "../../wire/told.ts";
import { newId } from "../../wire/id.ts";
import { newVapidKey, type VapidKey } from "./vapid-key.ts";

export const maxPerPerson = 8;
const fileName = "phones.json";

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
  readonly wallMs: () => number;
  readonly onChanged: () => void;
}

export class PhoneBook {
  readonly #options: PhoneBookOptions;
  readonly #turns = new Turns();
  #book: Book | null = null;
  #fault: Fault | null = null;

  constructor(options: PhoneBookOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    try {
      const bytes = await this.#options.files.read(fileName);
      if (bytes !== null) this.#book = bookSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch (error) {
      this.#fault = new Fault(toFault(error).kind, "the list of browsers that are told cannot be read", {
        hint: "choose anew on each of them to be told",
        cause: error,
      });
    }
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

  /** The public half; made, and durable, when it is asked for first. */
  async publicKey(): Promise<string> {
    const fault = this.#fault; // to look is not to choose anew
    if (this.#book === null) await this.#change((book) => book);
    this.#fault = fault;
    return this.#book?.key.publicKey ?? "";
  }

  /** The same endpoint again takes the place of the first. Throws Fault `denied`, `exhausted`. */
  async add({ person, session, label, ...subscription }: Asked): Promise<Phone> {
    const { endpoint, p256dh, auth } = subscription;
    const wallMs = Math.round(this.#options.wallMs());
    const before = this.phones.find((each) => each.endpoint === endpoint);
    const phone: Phone = {
      id: before?.person === person.id ? before.id : newId(wallMs),
      person: person.id,
      signKey: person.signKey,
      session,
      label,
      addedWallMs: before?.person === person.id ? before.addedWallMs : wallMs,
      endpoint,
      p256dh,
      auth,
    };
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
      return { ...book, allowed, phones: [...others, phone] };
    });
    return phone;
  }

  /** Those that fit are told no more: at once, and durably when it resolves. */
  async remove(fits: (phone: Phone) => boolean): Promise<void> {
    if (!this.phones.some(fits)) return;
    await this.#change((book) => ({ ...book, phones: book.phones.filter((each) => !fits(each)) }));
  }

  /** Not allowed: nobody is told any more. */
  async allow(allowed: boolean): Promise<void> {
    await this.#change((book) => ({ ...book, allowed, phones: allowed ? book.phones : [] }));
  }

  /** In force when it is durable, but for who is told no more: that counts at once. */
  #change(next: (book: Book) => Book): Promise<void> {
    return this.#turns.take(async () => {
      const before = this.#book ?? { allowed: false, key: newVapidKey(), phones: [] };
      const book = next(before);
      const kept = before.phones.filter((phone) => book.phones.includes(phone));
      if (this.#book !== null && kept.length < before.phones.length) {
        this.#book = { ...before, phones: kept };
        this.#options.onChanged();
      }
      await this.#options.files.write(fileName, new TextEncoder().encode(`${JSON.stringify(book)}\n`));
      this.#book = book;
      this.#fault = null;
      this.#options.onChanged();
    });
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
