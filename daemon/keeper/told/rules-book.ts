/**
 * Rules book: how each person, and the house's channels, want to be told; and who is snoozed.
 *
 * One small file that a person can read (`alerts/rules.json`), replaced as a whole. When it is damaged everything is
 * told, `fault` says so, and the next choice begins a new one beside a copy of the damaged one. A snooze ends by wall
 * or running time, whichever is first (daemon/alerts/snooze.ts).
 */
import { z } from "zod";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { asMeant } from "../../alerts/kinds.ts";
import { ownTimeZone } from "../../alerts/local-time.ts";
import { everything, firstRules, rulesSchema, type Rules } from "../../alerts/rules.ts";
import { mostMs, snoozeSchema, type Snooze } from "../../alerts/snooze.ts";
import { maxPeople } from "../../household/household.ts";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";

const choiceSchema = z.strictObject({ rules: rulesSchema.nullable(), snooze: snoozeSchema.nullable() });
type Choice = z.output<typeof choiceSchema>;

const bookSchema = z.strictObject({
  /** 1: written before what moves had names: `motion` stood for all of it. */
  version: z.union([z.literal(1), z.literal(2)]),
  house: choiceSchema,
  /** By the id of the person. */
  people: z
    .record(z.string().max(40), choiceSchema)
    .refine((people) => Object.keys(people).length <= maxPeople),
});
type Book = z.output<typeof bookSchema> & { readonly version: 2 };

/** The house's channels, or a person by id. */
export const house = "house";

const fileName = "rules.json";
const damagedName = "rules.damaged.json";
const nothing: Choice = { rules: null, snooze: null };

export interface RulesBookOptions {
  readonly files: Files;
  readonly clock: Clock;
  /** Ids of those who belong here: what others chose is forgotten with the next choice. Null = nobody knows. */
  readonly present: () => readonly string[] | null;
}

export class RulesBook {
  readonly #options: RulesBookOptions;
  readonly #turns = new Turns();
  #book: Book = { version: 2, house: nothing, people: {} };
  #damaged: Uint8Array | null = null;
  #fault: Fault | null = null;
  /** The file has a snooze that is over. */
  #isOwed = false;
  #paying: Promise<void> | null = null;
  /** Snoozes that run, with their end by running time. */
  #running: ReadonlyMap<string, { readonly snooze: Snooze; readonly endMonoMs: number }> = new Map();
  #onChanged = (): void => {};

  private constructor(options: RulesBookOptions) {
    this.#options = options;
  }

  /** Resolves in any case; `fault` says what could not be read. */
  static async open(options: RulesBookOptions): Promise<RulesBook> {
    const book = new RulesBook(options);
    await book.#read();
    return book;
  }

  /** Why everything is told; null = as it was chosen. */
  get fault(): Fault | null {
    return this.#fault;
  }

  /** Rules or a snooze are others now. One handler. */
  onChanged(handler: () => void): void {
    this.#onChanged = handler;
  }

  rules(listener: string): Rules {
    if (this.#fault !== null) return everything(ownTimeZone());
    return this.#choice(listener).rules ?? (listener === house ? everything : firstRules)(ownTimeZone());
  }

  /** In force now; null = none. */
  snooze(listener: string): Snooze | null {
    const running = this.#running.get(listener);
    if (running === undefined) return null;
    const { clock } = this.#options;
    const { untilWallMs } = running.snooze;
    const isOver = untilWallMs !== null && clock.wallMs() >= untilWallMs;
    return isOver || clock.monoMs() >= running.endMonoMs ? null : running.snooze;
  }

  /** Durable and in force when it resolves; when it throws nothing has changed. */
  putRules(listener: string, rules: Rules): Promise<void> {
    return this.#change(listener, (choice) => ({ ...choice, rules }));
  }

  /** As `putRules`; null ends it. */
  async putSnooze(listener: string, snooze: Snooze | null): Promise<void> {
    await this.#change(listener, (choice) => ({ ...choice, snooze }));
  }

  /**
   * Forgets snoozes that are over, and says so. On the disk too, so that none runs again when the clock is behind at the
   * next start: a write that fails is tried again at the next look. Resolves when that is done; never rejects.
   */
  async tend(): Promise<void> {
    const over = [...this.#running.keys()].filter((listener) => this.snooze(listener) === null);
    for (const listener of over)
      this.#book = withChoice(this.#book, listener, { ...this.#choice(listener), snooze: null });
    if (over.length > 0) {
      this.#isOwed = true;
      this.#wind();
      this.#onChanged();
    }
    if (!this.#isOwed) return;
    this.#paying ??= this.#turns
      .take(() => this.#pay())
      .catch(() => {}) // the next look tries again
      .finally(() => (this.#paying = null));
    await this.#paying;
  }

  /** What was forgotten is forgotten on the disk. */
  async #pay(): Promise<void> {
    if (!this.#isOwed) return;
    const book = this.#book;
    await this.#write(book);
    this.#isOwed = this.#book !== book;
  }

  #choice(listener: string): Choice {
    return (listener === house ? this.#book.house : this.#book.people[listener]) ?? nothing;
  }

  #change(listener: string, change: (choice: Choice) => Choice): Promise<void> {
    return this.#turns.take(async () => {
      const { files } = this.#options;
      const changed = (): Book =>
        this.#pruned(withChoice(this.#book, listener, change(this.#choice(listener))));
      const before = this.#book;
      const book = changed();
      if (this.#damaged !== null) await files.write(damagedName, this.#damaged);
      this.#damaged = null;
      await this.#write(book);
      // a snooze may have been forgotten meanwhile: it stays so, and the next look writes it
      this.#isOwed = this.#book !== before;
      this.#book = this.#isOwed ? changed() : book;
      this.#fault = null;
      this.#wind();
      this.#onChanged();
    });
  }

  #write(book: Book): Promise<void> {
    return this.#options.files.write(
      fileName,
      new TextEncoder().encode(`${JSON.stringify(book, null, 2)}\n`),
    );
  }

  #pruned(book: Book): Book {
    const present = this.#options.present();
    if (present === null) return book;
    const people = Object.entries(book.people).filter(([id]) => present.includes(id));
    return { ...book, people: Object.fromEntries(people) };
  }

  /** Snoozes that are new, or were read, get their end by running time; those that run keep theirs. */
  #wind(): void {
    const { clock } = this.#options;
    const { house: ofHouse, people } = this.#book;
    const running = Object.entries({ ...people, [house]: ofHouse }).flatMap(([listener, { snooze }]) => {
      if (snooze === null) return [];
      const before = this.#running.get(listener);
      const isSame = before !== undefined && before.snooze === snooze;
      const endMonoMs = clock.monoMs() + mostMs(snooze, clock.wallMs());
      return [[listener, isSame ? before : { snooze, endMonoMs }] as const];
    });
    this.#running = new Map(running);
  }

  async #read(): Promise<void> {
    let bytes: Uint8Array | null = null;
    try {
      bytes = await this.#options.files.read(fileName);
      if (bytes === null) return;
      this.#book = ofToday(bookSchema.parse(JSON.parse(new TextDecoder().decode(bytes))));
      this.#wind();
    } catch (error) {
      this.#damaged = bytes;
      const cannot = "the rules of alerts cannot be read: everything is told";
      this.#fault = new Fault(bytes === null ? toFault(error).kind : "corrupt", cannot, {
        hint: "choose again on the page Alerts, or put alerts/rules.json back from a backup",
        cause: error,
      });
    }
  }
}

/** What was chosen before keeps what it meant. */
function ofToday({ version, house: ofHouse, people }: z.output<typeof bookSchema>): Book {
  if (version === 2) return { version, house: ofHouse, people };
  const meant = ({ rules, snooze }: Choice): Choice => ({
    rules: rules === null ? null : { ...rules, kinds: asMeant(rules.kinds) },
    snooze,
  });
  const all = Object.entries(people).map(([id, choice]) => [id, meant(choice)] as const);
  return { version: 2, house: meant(ofHouse), people: Object.fromEntries(all) };
}

function withChoice(book: Book, listener: string, choice: Choice): Book {
  if (listener === house) return { ...book, house: choice };
  return { ...book, people: { ...book.people, [listener]: choice } };
}
