/**
 * Feed store: how far the public log was checked and what was learned from it, as one thing on the disk.
 *
 *   feed.json          all of it but for the two below, which it names; the one write that counts
 *   agencies-7.json    profiles; a new file whenever they change
 *   seen-3.txt         a line a key (seen-keys.ts), appended to; what lies behind the length in feed.json is ignored
 *
 * So the size that was verified and what was learned up to there move together, whenever the power goes: before
 * feed.json is replaced everything is as it was, after it everything is new. What no feed.json names is removed.
 * A feed.json that cannot be read is a fault and never a new beginning: who can damage a
 * file must not be able to make a doorbell forget what a log once said.
 */
import { z } from "zod";
import { Fault, toFault } from "../../../../hal/fault.ts";
import type { Files } from "../../../files/files.ts";
import { emptyRange, rangeFromJson, rangeToJson, type CompactRange } from "../../../ledger/range.ts";
import { faultSchema } from "../../../wire/messages.ts";
import { Turns } from "../../../files/turns.ts";
import { requestRecordSchema, type RequestRecord } from "../request-record.ts";
import { knownAgencySchema, type Agencies, type KnownAgency } from "./agencies.ts";
import { bytesPerKey, SeenKeys } from "./seen-keys.ts";

export const alarmKinds = ["bad-signature", "rollback", "fork", "forged-registrar"] as const;
const alarmSchema = z.strictObject({
  kind: z.enum(alarmKinds),
  wallMs: z.number(),
  fault: faultSchema,
  /** What the portal signed against its own word, as proof; null = it signed nothing. */
  checkpoint: z.string().nullable(),
});
export type Alarm = z.output<typeof alarmSchema>;

export interface Kept {
  readonly range: CompactRange;
  /** The signed note that the range agrees with; null = none yet. */
  readonly checkpoint: string | null;
  readonly checkedWallMs: number | null;
  /** When it was last longer than before. */
  readonly grownWallMs: number | null;
  /** Entries that were not shown, by code. */
  readonly counts: Readonly<Record<string, number>>;
  readonly alarm: Alarm | null;
  readonly requests: readonly RequestRecord[];
  readonly agencies: Agencies;
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** Whose log and whose registrar: with others everything begins anew. */
  logKey: z.string(),
  registrarKey: z.string(),
  range: z.unknown(),
  checkpoint: z.string().nullable(),
  checkedWallMs: z.number().nullable(),
  grownWallMs: z.number().nullable(),
  counts: z.record(z.string(), z.int()),
  alarm: alarmSchema.nullable(),
  requests: z.array(requestRecordSchema),
  agenciesFile: z.string(),
  seenFile: z.string(),
  seenKeys: z.int().min(0),
});
type FeedFile = z.output<typeof fileSchema>;

const feedName = "feed.json";

export const nothingKept: Kept = {
  range: emptyRange,
  checkpoint: null,
  checkedWallMs: null,
  grownWallMs: null,
  counts: {},
  alarm: null,
  requests: [],
  agencies: new Map(),
};

export interface FeedKeys {
  readonly logKey: string;
  readonly registrarKey: string;
}

export class FeedStore {
  readonly #files: Files;
  readonly #keys: FeedKeys;
  readonly #turns = new Turns();
  #kept: Kept = nothingKept;
  /** Of the kept state; `seen` may be ahead of it while a round is under way. */
  #seenKept = 0;
  #seen = new SeenKeys();
  #generation = 0;
  #agenciesFile = "";
  #seenFile = "";

  #fault: Fault | null = null;

  private constructor(files: Files, keys: FeedKeys) {
    this.#files = files;
    this.#keys = keys;
  }

  /** What cannot be read is a fault of the store: it knows nothing then and takes nothing in. */
  static async open(files: Files, keys: FeedKeys): Promise<FeedStore> {
    const store = new FeedStore(files, keys);
    try {
      await store.#read();
    } catch (error) {
      store.#fault = toFault(error);
    }
    return store;
  }

  /** Why nothing is known although files are there. */
  get fault(): Fault | null {
    return this.#fault;
  }

  get kept(): Kept {
    return this.#kept;
  }

  get seen(): SeenKeys {
    return this.#seen;
  }

  /** Forgets keys that were added since the last save. */
  dropSeen(): void {
    this.#seen.cutTo(this.#seenKept);
  }

  /**
   * One change after the other: `change` sees the newest state, and what it gives is durable when this resolves.
   * Null = nothing. When anything throws, the kept state is the old one, on the disk too.
   */
  change(
    change: (kept: Kept) => Promise<Kept | null> | Kept | null,
    { withSeen = false } = {},
  ): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#fault !== null) throw this.#fault;
      const next = await change(this.#kept);
      if (next !== null) await this.#save(next, withSeen);
      if (withSeen && this.#seen.isFull) await this.#makeRoom();
    });
  }

  async #save(next: Kept, withSeen: boolean): Promise<void> {
    const seenKeys = withSeen ? this.#seen.size : this.#seenKept;
    if (withSeen && seenKeys > this.#seenKept) await this.#appendSeen();
    const seenFile = this.#seenFile;
    let agenciesFile = this.#agenciesFile;
    if (next.agencies !== this.#kept.agencies) {
      agenciesFile = this.#newName("agencies", "json");
      await this.#files.write(agenciesFile, jsonBytes([...next.agencies.values()]));
    }
    await this.#writeFile(next, { agenciesFile, seenFile, seenKeys });
    this.#kept = next;
    this.#seenKept = seenKeys;
    const old = this.#agenciesFile;
    this.#agenciesFile = agenciesFile;
    if (old !== agenciesFile && old !== "") await this.#files.remove(old);
  }

  /** The older half of the seen keys goes when there is no room for more; a new file takes over. */
  async #makeRoom(): Promise<void> {
    const newest = SeenKeys.fromBytes(this.#seen.bytesFrom(Math.floor(this.#seen.size / 2)));
    const [old, seenFile] = [this.#seenFile, this.#newName("seen", "txt")];
    await this.#files.write(seenFile, newest.bytesFrom(0));
    const names = { agenciesFile: this.#agenciesFile, seenFile, seenKeys: newest.size };
    await this.#writeFile(this.#kept, names);
    this.#seen = newest;
    this.#seenKept = newest.size;
    this.#seenFile = seenFile;
    await this.#files.remove(old);
  }

  async #read(): Promise<void> {
    const bytes = await this.#files.read(feedName);
    const file = bytes === null ? null : parseFile(bytes);
    const isOurs = file?.logKey === this.#keys.logKey && file.registrarKey === this.#keys.registrarKey;
    this.#generation = await newestGeneration(this.#files);
    if (file !== null && isOurs) await this.#load(file);
    else this.#seenFile = this.#newName("seen", "txt");
    // another portal's files stay until something is learned from this one
    if (file === null || isOurs) await this.#tidy();
  }

  async #load(file: FeedFile): Promise<void> {
    const agencies = await readAgencies(this.#files, file.agenciesFile);
    const bytes = file.seenKeys * bytesPerKey;
    const seen = await this.#files.readAt(file.seenFile, 0, bytes);
    if ((seen?.length ?? 0) !== bytes) throw damaged("the list of requests that were seen is cut");
    this.#seen = SeenKeys.fromBytes(seen ?? new Uint8Array(0));
    this.#seenKept = this.#seen.size;
    this.#agenciesFile = file.agenciesFile;
    this.#seenFile = file.seenFile;
    const { checkpoint, checkedWallMs, grownWallMs, counts, alarm, requests } = file;
    const range = rangeFromJson(file.range);
    this.#kept = { range, checkpoint, checkedWallMs, grownWallMs, counts, alarm, requests, agencies };
  }

  #newName(what: string, ending: string): string {
    this.#generation += 1;
    return `${what}-${this.#generation}.${ending}`;
  }

  /** What an earlier crash left behind the kept length goes first. */
  async #appendSeen(): Promise<void> {
    const bytes = this.#seenKept * bytesPerKey;
    if (((await this.#files.size(this.#seenFile)) ?? 0) > bytes)
      await this.#files.truncate(this.#seenFile, bytes);
    await this.#files.append(this.#seenFile, this.#seen.bytesFrom(this.#seenKept));
  }

  #writeFile(kept: Kept, names: Pick<FeedFile, "agenciesFile" | "seenFile" | "seenKeys">): Promise<void> {
    const { range, checkpoint, checkedWallMs, grownWallMs, counts, alarm, requests } = kept;
    const file: FeedFile = {
      version: 1,
      ...this.#keys,
      range: rangeToJson(range),
      checkpoint,
      checkedWallMs,
      grownWallMs,
      counts,
      alarm,
      requests: [...requests],
      ...names,
    };
    return this.#files.write(feedName, jsonBytes(file));
  }

  /** Files of a save that a crash cut short, or of another portal. */
  async #tidy(): Promise<void> {
    const ours = new Set([this.#agenciesFile, this.#seenFile]);
    for (const name of await this.#files.list(""))
      if (generationOf(name) !== null && !ours.has(name)) await this.#files.remove(name);
  }
}

function parseFile(bytes: Uint8Array): FeedFile {
  try {
    return fileSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw damaged("feed.json cannot be read", error);
  }
}

async function readAgencies(files: Files, name: string): Promise<Agencies> {
  if (name === "") return new Map();
  const bytes = await files.read(name);
  if (bytes === null) throw damaged("the agencies' profiles are missing");
  try {
    const known: KnownAgency[] = z
      .array(knownAgencySchema)
      .parse(JSON.parse(new TextDecoder().decode(bytes)));
    return new Map(known.map((agency) => [agency.profile.id, agency]));
  } catch (error) {
    throw damaged("the agencies' profiles cannot be read", error);
  }
}

function damaged(what: string, cause?: unknown): Fault {
  return new Fault("corrupt", `what was learned from the public log is damaged: ${what}`, {
    hint: "put the folder consent/ back from a backup, or remove consent/feed.json to read the log from its beginning",
    cause,
  });
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function generationOf(name: string): number | null {
  const [, number] = /^(?:agencies-|seen-)(\d+)\.(?:json|txt)$/u.exec(name) ?? [];
  return number === undefined ? null : Number(number);
}

async function newestGeneration(files: Files): Promise<number> {
  return Math.max(0, ...(await files.list("")).map((name) => generationOf(name) ?? 0));
}
