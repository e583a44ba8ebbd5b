/**
 * Held file: what waits to be told, across a restart: counts by listener, in `alerts/held.json`.
 *
 * Written at most once a minute while it grows, at once when something of it was told, and at the end. A cut between
 * loses at most a minute of counts. One that cannot be read holds nothing: what it held is in the list of events.
 */
import { z } from "zod";
import type { Clock } from "../../../hal/sensors.ts";
import { sumReasons, type Sum } from "../../alerts/sum.ts";
import type { Files } from "../../files/files.ts";
import { Turns } from "../../files/turns.ts";
import { maxPeople } from "../../household/household.ts";

const keptSchema = z.strictObject({
  why: z.enum(sumReasons),
  rings: z.int().min(0),
  motions: z.int().min(0),
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
const everyMs = 60_000;

export type HeldSums = ReadonlyMap<string, Sum>;

export class HeldFile {
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  #text = "";
  #nextMonoMs = 0;
  readonly first: HeldSums;

  private constructor(files: Files, clock: Clock, first: HeldSums) {
    this.#files = files;
    this.#clock = clock;
    this.first = first;
    this.#text = textOf(first);
  }

  static async open(files: Files, clock: Clock): Promise<HeldFile> {
    try {
      const bytes = await files.read(name);
      if (bytes === null) return new HeldFile(files, clock, new Map());
      const { listeners } = fileSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
      const sums = Object.entries(listeners).map(
        ([listener, kept]) => [listener, aged(kept, clock)] as const,
      );
      return new HeldFile(files, clock, new Map(sums));
    } catch {
      return new HeldFile(files, clock, new Map()); // as the header says
    }
  }

  /** `now` = something of it was told, or this is the end. Resolves when what is to be written is; never rejects. */
  async keep(sums: HeldSums, { now }: { readonly now: boolean }): Promise<void> {
    const text = textOf(sums);
    if (text === this.#text || (!now && this.#clock.monoMs() < this.#nextMonoMs)) return;
    this.#text = text;
    this.#nextMonoMs = this.#clock.monoMs() + everyMs;
    await this.#turns
      .take(() => this.#files.write(name, new TextEncoder().encode(text)))
      .catch(() => {
        this.#text = ""; // the next time; the disk's fault is shown by who needs it
      });
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
