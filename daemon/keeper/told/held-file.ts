/**
 * Held file: what waits to be told, across a restart: counts by listener, in `alerts/held.json`.
 *
 * Written at most once a minute while it grows, at once when something of it was told, and at the end. A cut between
 * loses at most a minute of counts. One that cannot be read holds nothing: `fault` says so, what it held is in the list of
 * events, and it is kept aside as `held.damaged.json` before a new one is written.
 */
import { z } from "zod";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { countShapes, sumReasons, type Sum } from "../../alerts/sum.ts";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";
import { maxPeople } from "../../household/household.ts";

const keptSchema = z.strictObject({
  why: z.enum(sumReasons),
  ...countShapes,
  firstWallMs: z.int().min(0),
  lastWallMs: z.int().min(0),
  lastId: z.string().max(40),
  zones: z.array(z.string().max(40)).max(16),
});
const fileSchema = z.strictObject({
  version: z.literal(1),
  listeners: z
    .record(z.string().max(40), keptSchema)
    .refine((listeners) => Object.keys(listeners).length <= maxPeople + 1),
});

const name = "held.json";
const damagedName = "held.damaged.json";
const everyMs = 60_000;

export type HeldSums = ReadonlyMap<string, Sum>;

export class HeldFile {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  #text = "";
  #nextMonoMs = 0;
  #damaged: Uint8Array | null = null;
  #first: HeldSums = new Map();
  #fault: Fault | null = null;

  private constructor(files: Files, clock: Clock) {
    this.#files = files;
    this.#clock = clock;
  }

  /** What waited at the start. */
  get first(): HeldSums {
    return this.#first;
  }

  /** Why nothing did; null = it could be read. */
  get fault(): Fault | null {
    return this.#fault;
  }

  /** Resolves in any case; `fault` says what could not be read. */
  static async open(files: Files, clock: Clock): Promise<HeldFile> {
    const file = new HeldFile(files, clock);
    await file.#read();
    return file;
  }

  /** `now` = something of it was told, or this is the end. Resolves when what is to be written is; never rejects. */
  async keep(sums: HeldSums, { now }: { readonly now: boolean }): Promise<void> {
    const text = textOf(sums);
    if (text === this.#text || (!now && this.#clock.monoMs() < this.#nextMonoMs)) return;
    this.#text = text;
    this.#nextMonoMs = this.#clock.monoMs() + everyMs;
    await this.#turns
      .take(() => this.#write(text))
      .catch(() => {
        this.#text = ""; // the next time; the disk's fault is shown by who needs it
      });
  }

  async #write(text: string): Promise<void> {
    if (this.#damaged !== null) await this.#files.write(damagedName, this.#damaged);
    this.#damaged = null;
    await this.#files.write(name, new TextEncoder().encode(text));
  }

  async #read(): Promise<void> {
    let bytes: Uint8Array | null = null;
    try {
      bytes = await this.#files.read(name);
      if (bytes !== null) {
        const { listeners } = fileSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
        this.#first = new Map(
          Object.entries(listeners).map(([listener, kept]) => [listener, aged(kept, this.#clock)] as const),
        );
      }
      this.#text = textOf(this.#first);
    } catch (error) {
      this.#damaged = bytes;
      const cannot = "what waited to be told cannot be read: it is not told any more";
      this.#fault = new Fault(bytes === null ? toFault(error).kind : "corrupt", cannot, {
        hint: `look through the list of events; the file is kept as alerts/${damagedName}`,
        cause: error,
      });
    }
  }
}

function textOf(sums: HeldSums): string {
  const listeners = [...sums].map(([listener, { firstMonoMs: _first, lastMonoMs: _last, ...kept }]) => [
    listener,
    kept,
  ]);
  return `${JSON.stringify({ version: 1, listeners: Object.fromEntries(listeners) }, null, 2)}\n`;
}

/** How long ago it was, as well as the wall clock can tell. */
function aged(kept: z.output<typeof keptSchema>, clock: Clock): Sum {
  const mono = (wallMs: number): number => clock.monoMs() - Math.max(0, clock.wallMs() - wallMs);
  return { ...kept, firstMonoMs: mono(kept.firstWallMs), lastMonoMs: mono(kept.lastWallMs) };
}
