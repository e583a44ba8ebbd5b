/**
 * Kept: how a grant lies on the disk, `consent/grants/<id>/`.
 *
 *   grant.json       the signed envelope, as it was handed in
 *   letter.age       the parcel's first item        headers.json  the new headers, base64, in order
 *   state.json       how it stands; written last, so a folder without it was never kept
 *   revocation.json  receipt.json  notice.json  answer.json      the envelopes that came after
 *
 * Letter and headers go when nothing has to leave any more; the envelopes stay.
 */
import { z } from "zod";
import type { Files } from "../../files/files.ts";
import { grantStates } from "../../wire/api-consent.ts";
import { faultSchema } from "../../wire/messages.ts";

const root = "consent/grants";
const time = z.int().min(0);

export const keptSchema = z.strictObject({
  version: z.literal(1),
  state: z.enum(grantStates),
  /** Who signed, as they were called then. */
  by: z.string(),
  keptWallMs: time,
  /** Of the last change: a time that has certainly passed. */
  changedWallMs: time,
  sendAfterWallMs: time,
  /** What the folder was to the disk when it was made; another one = this is a copy. */
  home: z.string().nullable(),
  /** Why an owner has to say that it goes on. */
  suspended: z.string().nullable(),
  /** The parcel's address at the dock. */
  location: z.string().nullable(),
  /** So far the ledger says that bytes may have left. */
  intendedBytes: z.int().min(0),
  sentBytes: z.int().min(0),
  deliveredWallMs: time.nullable(),
  clips: z.array(
    z.strictObject({
      clip: z.string(),
      fragments: z.int(),
      startWallMs: z.int().nullable(),
      durationMs: z.int(),
    }),
  ),
  receipt: z
    .strictObject({ receivedAt: z.int(), keepUntil: z.int(), onwardSharing: z.array(z.string()) })
    .nullable(),
  deletion: z
    .strictObject({ askedWallMs: z.int(), answer: z.enum(["deleted", "kept"]).nullable(), basis: z.string() })
    .nullable(),
  fault: faultSchema.nullable(),
  /** The dock still has to be told to forget it; whether finished or not. */
  forget: z.enum(["unfinished", "all"]).nullable(),
  /** Looking at the dock for a receipt or an answer: how often so far, and when next. */
  asking: z.strictObject({ times: z.int(), nextWallMs: time }).nullable(),
});
export type Kept = z.output<typeof keptSchema>;

export type EnvelopeName = "grant" | "revocation" | "receipt" | "notice" | "answer";

export class GrantFiles {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  list(): Promise<string[]> {
    return this.#files.list(root);
  }

  folder(id: string): string {
    return `${root}/${id}`;
  }

  /** Null = it was never kept, or its state cannot be read. */
  async readKept(id: string): Promise<Kept | null> {
    const parsed = keptSchema.safeParse(await this.#readJson(id, "state"));
    return parsed.success ? parsed.data : null;
  }

  async hasState(id: string): Promise<boolean> {
    return (await this.#files.size(`${root}/${id}/state.json`)) !== null;
  }

  writeKept(id: string, kept: Kept): Promise<void> {
    return this.#writeJson(id, "state", kept);
  }

  /** Null = there is none. */
  readEnvelope(id: string, name: EnvelopeName): Promise<unknown> {
    return this.#readJson(id, name);
  }

  writeEnvelope(id: string, name: EnvelopeName, envelope: unknown): Promise<void> {
    return this.#writeJson(id, name, envelope);
  }

  async writeParcel(id: string, letter: Uint8Array, headers: readonly Uint8Array[]): Promise<void> {
    await this.#files.write(`${root}/${id}/letter.age`, letter);
    await this.#writeJson(
      id,
      "headers",
      headers.map((bytes) => Buffer.from(bytes).toString("base64")),
    );
  }

  readLetter(id: string, offset: number, length: number): Promise<Uint8Array | null> {
    return this.#files.readAt(`${root}/${id}/letter.age`, offset, length);
  }

  /** Empty = they are gone. */
  async readHeaders(id: string): Promise<Uint8Array[]> {
    const parsed = z.array(z.string()).safeParse(await this.#readJson(id, "headers"));
    return (parsed.data ?? []).map((text) => new Uint8Array(Buffer.from(text, "base64")));
  }

  /** Nothing of it has to leave any more. */
  async dropParcel(id: string): Promise<void> {
    await this.#files.remove(`${root}/${id}/letter.age`);
    await this.#files.remove(`${root}/${id}/headers.json`);
  }

  /** The state last: what a crash leaves is still known for what it was. */
  async drop(id: string): Promise<void> {
    const names = await this.#files.list(this.folder(id));
    for (const name of names) if (name !== "state.json") await this.#files.remove(`${root}/${id}/${name}`);
    await this.#files.remove(`${root}/${id}/state.json`);
  }

  async #readJson(id: string, name: string): Promise<unknown> {
    const bytes = await this.#files.read(`${root}/${id}/${name}.json`);
    if (bytes === null) return null;
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return null; // not written by us: a write is there as a whole or not at all
    }
  }

  #writeJson(id: string, name: string, value: unknown): Promise<void> {
    const text = `${JSON.stringify(value)}\n`;
    return this.#files.write(`${root}/${id}/${name}.json`, new TextEncoder().encode(text));
  }
}
