/**
 * Sessions: who is signed in on which browser, kept over restarts.
 *
 * A session is a cookie of 32 random bytes; the file holds only its SHA-256, so that a copied data
 * folder signs nobody in. It ends after 30 days, when it is revoked, when its person is removed, and,
 * past `maxPerPerson`, when it is the one that was not seen for the longest time. A file that
 * cannot be read signs everybody out. A wall clock that leaps ahead ends sessions early, never late
 * by more than it was slow; signing in anew needs no clock.
 * A program's key is kept in the same file and ends in the same ways, but not by itself for ten years; it is a
 * bearer token and never a cookie.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Person } from "../../household/record.ts";
import { writeDurableJson } from "../../seal/durable.ts";
import { newId } from "../../wire/id.ts";
import { Turns } from "../../files/turns.ts";

export const sessionMs = 30 * 24 * 3_600_000;
export const maxPerPerson = 16;
export const programMs = 10 * 365 * 24 * 3_600_000;
/** Of a whole house. One more is refused: none of them is let go unasked. */
export const maxPrograms = 32;
/** So that a key which lies where it should not is recognised, by people and by scanners. */
const programPrefix = "sill_";
const sweepMs = 60_000;
/** Sessions of people who were removed that are remembered, to tell them so. */
const maxRemoved = 64;

const keptSchema = z.strictObject({
  id: z.string(),
  /** Hex SHA-256 of the cookie. */
  hash: z.string(),
  person: z.string(),
  /** Somebody else under the same id would not inherit it. */
  signKey: z.string(),
  label: z.string(),
  createdWallMs: z.int(),
  lastSeenWallMs: z.int(),
  expiresWallMs: z.int(),
  /** A program's key. */
  program: z.literal(true).optional(),
});
export type KeptSession = z.output<typeof keptSchema>;

export interface SessionsOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly personWith: (signKey: string) => Person | null;
  /** It is over, for whatever reason: its sockets must go. */
  readonly onEnded: (session: string) => void;
}

interface Made {
  readonly person: Person;
  readonly label: string;
  readonly forMs: number;
  readonly program?: true;
}

export class Sessions implements AsyncDisposable {
  readonly #options: SessionsOptions;
  readonly #turns = new Turns();
  #byHash = new Map<string, KeptSession>();
  /** Hashes, oldest first; forgotten at a restart. */
  readonly #removed = new Set<string>();
  readonly #onSignedOut = new Set<(session: KeptSession) => void>();
  #cancelSweep = (): void => {};

  private constructor(options: SessionsOptions) {
    this.#options = options;
  }

  static async open(options: SessionsOptions): Promise<Sessions> {
    const sessions = new Sessions(options);
    for (const each of await readSessions(options.path)) sessions.#byHash.set(each.hash, each);
    sessions.#sweep();
    sessions.#cancelSweep = options.clock.every(sweepMs, () => sessions.#sweep());
    return sessions;
  }

  get all(): KeptSession[] {
    return [...this.#byHash.values()];
  }

  /** Is it one that somebody could still use? */
  isOpen(id: string): boolean {
    const session = this.all.find((each) => each.id === id);
    return session !== undefined && this.#holderOf(session) !== null;
  }

  /** Whose cookie is this? Null = nobody's, any more or ever. */
  find(token: string): { session: KeptSession; person: Person } | null {
    return this.#find(token, false);
  }

  /** Whose program shows this key? Null = nobody's. */
  findProgram(token: string): { session: KeptSession; person: Person } | null {
    return this.#find(token, true);
  }

  #find(token: string, program: boolean): { session: KeptSession; person: Person } | null {
    const session = this.#byHash.get(hashOf(token));
    if (session === undefined || (session.program === true) !== program) return null;
    const person = this.#holderOf(session);
    if (person === null) return null;
    session.lastSeenWallMs = Math.round(this.#options.clock.wallMs());
    return { session, person };
  }

  /** Is it the cookie of somebody who was removed while they were signed in? */
  wasRemoved(token: string): boolean {
    return this.#removed.has(hashOf(token));
  }

  /** Durable when it resolves; the token is told once and kept nowhere. */
  async create(person: Person, label: string): Promise<{ token: string; session: KeptSession }> {
    const own = this.all.filter(({ signKey, program }) => signKey === person.signKey && program !== true);
    const seen = own.toSorted((a, b) => a.lastSeenWallMs - b.lastSeenWallMs);
    for (const each of seen.slice(0, Math.max(0, own.length + 1 - maxPerPerson))) this.#forget(each);
    return this.#keep(randomBytes(32).toString("base64url"), { person, label, forMs: sessionMs });
  }

  /** The same for a program. Throws Fault `invalid` when the house has enough of them. */
  async createProgram(person: Person, label: string): Promise<{ token: string; session: KeptSession }> {
    if (this.all.filter(({ program }) => program === true).length >= maxPrograms)
      throw new Fault("invalid", `${maxPrograms} programs have a key already`, {
        hint: "take one away that is not needed any more",
      });
    const token = `${programPrefix}${randomBytes(32).toString("base64url")}`;
    return this.#keep(token, { person, label, forMs: programMs, program: true });
  }

  /** Somebody ended it; not one that ran out, or that had to go for another. */
  onSignedOut(handler: (session: KeptSession) => void): () => void {
    this.#onSignedOut.add(handler);
    return () => this.#onSignedOut.delete(handler);
  }

  /** At once; durable when it resolves. */
  async end(fits: (session: KeptSession) => boolean): Promise<void> {
    const over = this.all.filter(fits);
    for (const session of over) this.#forget(session);
    for (const session of over) for (const handler of this.#onSignedOut) handler(session);
    if (over.length > 0) await this.#save();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelSweep();
    await this.#save().catch(() => {}); // when each was last seen: not worth a failed stop
  }

  async #keep(token: string, made: Made): Promise<{ token: string; session: KeptSession }> {
    const { person, label, forMs, program } = made;
    const now = Math.round(this.#options.clock.wallMs());
    const session: KeptSession = {
      id: newId(now),
      hash: hashOf(token),
      person: person.id,
      signKey: person.signKey,
      label,
      createdWallMs: now,
      lastSeenWallMs: now,
      expiresWallMs: now + forMs,
      ...(program === undefined ? {} : { program }),
    };
    this.#byHash.set(session.hash, session);
    await this.#save();
    return { token, session };
  }

  #personOf({ signKey, person }: KeptSession): Person | null {
    const known = this.#options.personWith(signKey);
    return known?.id === person ? known : null;
  }

  /** Null = it ran out, or its person is gone. */
  #holderOf(session: KeptSession): Person | null {
    return this.#options.clock.wallMs() >= session.expiresWallMs ? null : this.#personOf(session);
  }

  #sweep(): void {
    for (const session of this.all) {
      if (this.#holderOf(session) === null) this.#forget(session);
    }
  }

  #forget(session: KeptSession): void {
    this.#byHash.delete(session.hash);
    if (this.#personOf(session) === null) this.#removed.add(session.hash);
    for (const oldest of this.#removed) if (this.#removed.size > maxRemoved) this.#removed.delete(oldest);
    this.#options.onEnded(session.id);
  }

  #save(): Promise<void> {
    return this.#turns.take(() => writeDurableJson(this.#options.path, this.all));
  }
}

async function readSessions(path: string): Promise<KeptSession[]> {
  try {
    return z.array(keptSchema).parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return []; // everybody signs in anew
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
