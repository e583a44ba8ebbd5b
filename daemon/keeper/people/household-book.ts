/**
 * Household book: who belongs here, kept as the signed records themselves, one file each.
 *
 * Replayed at start. A record that is missing, damaged or does not follow the one before closes
 * the book: nobody is anybody then (`fault` says why), nothing more is taken in, the bell rings on.
 * A new record is on the disk before anybody acts on it.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import { emptyHousehold, joined, replayHousehold, type Household } from "../../household/household.ts";
import { readRecords } from "../../household/record-files.ts";
import type { Person } from "../../household/record.ts";
import { envelopeSchema } from "../../identity/verify.ts";
import { readableFile, readableFolder } from "../../files/modes.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import { numberedFile } from "../../wire/paths.ts";
import { Turns } from "../../files/turns.ts";

export interface HouseholdChange {
  readonly type: "enrol" | "remove";
  readonly person: Person;
  /** Whose signature it is. */
  readonly by: Person;
}

export class HouseholdBook {
  readonly #folder: string;
  readonly #turns = new Turns();
  #current: Household;
  #fault: Fault | null = null;
  #onChanged = new Set<(change: HouseholdChange) => void>();

  private constructor(folder: string, device: string) {
    this.#folder = folder;
    this.#current = emptyHousehold(device);
  }

  static async open(folder: string, device: string): Promise<HouseholdBook> {
    const book = new HouseholdBook(folder, device);
    await book.#read();
    return book;
  }

  get current(): Household {
    return this.#current;
  }

  /** Why nobody is known although records are there. */
  get fault(): Fault | null {
    return this.#fault;
  }

  /** A broken book counts as paired: it must never be begun anew by a stranger. */
  get isPaired(): boolean {
    return this.#current.count > 0 || this.#fault !== null;
  }

  personWith(signKey: string): Person | null {
    return this.#current.people.find((person) => person.signKey === signKey) ?? null;
  }

  onChanged(handler: (change: HouseholdChange) => void): () => void {
    this.#onChanged.add(handler);
    return () => this.#onChanged.delete(handler);
  }

  /**
   * Takes one more record; `before` runs when it is known to be good and is not yet in force.
   * Throws as `joined` does, or what `before` and the disk throw; then nothing has changed.
   */
  add(envelope: unknown, before: (change: HouseholdChange) => Promise<void>): Promise<HouseholdChange> {
    return this.#turns.take(async () => {
      if (this.#fault !== null) throw this.#fault;
      const household = joined(this.#current, envelope);
      const change = changeBetween(this.#current, household, signerOf(envelope));
      await before(change);
      const path = join(this.#folder, numberedFile(this.#current.count));
      await writeDurableJson(path, envelope, readableFile); // by the eye
      this.#current = household;
      for (const handler of this.#onChanged) handler(change);
      return change;
    });
  }

  async #read(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: readableFolder });
      this.#current = replayHousehold(await readRecords(this.#folder), this.#current.device);
    } catch (error) {
      this.#fault = new Fault("corrupt", `the household cannot be read: ${toFault(error).message}`, {
        hint: "put the folder household/ and device.key back from a backup",
        cause: error,
      });
    }
  }
}

function signerOf(envelope: unknown): string | undefined {
  return envelopeSchema.parse(envelope).signatures[0]?.keyid;
}

function changeBetween(before: Household, after: Household, signKey: string | undefined): HouseholdChange {
  const come = after.people.find(({ id }) => !before.people.some((each) => each.id === id));
  const gone = before.people.find(({ id }) => !after.people.some((each) => each.id === id));
  const by = [...before.people, ...after.people].find((person) => person.signKey === signKey);
  const person = come ?? gone;
  if (person === undefined || by === undefined) throw new Fault("bug", "a household record changed nobody");
  return { type: come === undefined ? "remove" : "enrol", person, by };
}
