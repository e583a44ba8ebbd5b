/**
 * Teller: tells the courier what other systems of the house may know, at the moment it happens.
 *
 * A ring goes in the tick of the press, and again to a courier that comes anew, until every channel is done with it.
 * Facts go within a tenth of a second of a change and only when they differ from what was told last; every minute it
 * looks by itself (free space, temperature). A courier that comes is told all. Where the settings name nobody to tell there is no teller,
 * and facts are for those that they name: a browser is told what happened, and no more.
 */
import type { Clock } from "../../../hal/sensors.ts";
import type { Event } from "../../wire/api.ts";
import type { KeeperToCourier } from "../../wire/messages.ts";
import type { AlertChannel, Facts, HappenedSaid } from "../../wire/told.ts";

export interface TellerOptions {
  readonly clock: Clock;
  /** Those that the settings name; web push is beside them when `phones` names any. */
  readonly channels: readonly AlertChannel[];
  /** Browsers that are told of this event. */
  readonly phones: (event: Event) => readonly string[];
  /** To a courier that is there. */
  readonly send: (message: KeeperToCourier) => void;
  /** Asked anew each time; `celsius` as it was measured last, `page` for the home network. */
  readonly facts: (also: { readonly celsius: number | null; readonly page: string | null }) => Facts;
  /** null = no thermometer. */
  readonly celsius: () => Promise<number | null>;
}

interface Open {
  readonly happened: Omit<HappenedSaid, "agoMs" | "done">;
  readonly monoMs: number;
  readonly channels: readonly AlertChannel[];
  readonly done: Set<AlertChannel>;
}

const togetherMs = 100;
const lookEveryMs = 60_000;
/** As many as the courier keeps for a channel. */
const mostOpen = 64;
const mostZones = 16;
const mostChars = 40;

export class Teller {
  readonly #options: TellerOptions;
  #told = "";
  /** In order; not every channel is done with them. */
  readonly #open = new Map<string, Open>();
  #celsius: number | null = null;
  #page: string | null = null;
  #isRunning = false;
  #cancelSoon: (() => void) | null = null;
  #cancelLook = (): void => {};

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  start(page: string | null): void {
    this.#page = page;
    this.#isRunning = true;
    this.#cancelLook = this.#options.clock.every(lookEveryMs, () => void this.#look());
    void this.#look();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancelLook();
    this.#cancelSoon?.();
  }

  /** The courier is there, and knows nothing. */
  greet(): void {
    this.#told = "";
    this.#tell();
    for (const open of this.#open.values()) this.#say(open);
  }

  /** A new event; `fresh` false = only changed. */
  event(event: Event, fresh: boolean): void {
    if (fresh) this.#fresh(event);
    this.changed();
  }

  done(event: string, channel: AlertChannel): void {
    const open = this.#open.get(event);
    open?.done.add(channel);
    if (open !== undefined && open.channels.every((each) => open.done.has(each))) this.#open.delete(event);
  }

  changed(): void {
    if (!this.#isRunning) return;
    this.#cancelSoon ??= this.#options.clock.after(togetherMs, () => this.#tell());
  }

  #fresh(event: Event): void {
    const { clock, channels: named, phones: phonesOf } = this.#options;
    const { id, kind, startWallMs, zones } = event;
    const phones = [...phonesOf(event)];
    const channels = phones.length > 0 ? [...named, "push" as const] : named;
    if (channels.length === 0) return;
    const names = zones.slice(0, mostZones).map((zone) => zone.slice(0, mostChars));
    const happened = {
      type: "happened",
      event: id,
      kind,
      wallMs: startWallMs,
      zones: names,
      phones,
    } as const;
    const open = { happened, monoMs: clock.monoMs(), channels, done: new Set<AlertChannel>() };
    this.#open.set(id, open);
    for (const oldest of this.#open.keys()) if (this.#open.size > mostOpen) this.#open.delete(oldest);
    this.#say(open);
  }

  #say({ happened, monoMs, done }: Open): void {
    const agoMs = Math.max(0, this.#options.clock.monoMs() - monoMs);
    this.#options.send({ ...happened, agoMs, done: [...done] });
  }

  async #look(): Promise<void> {
    this.#celsius = await this.#options.celsius();
    if (this.#isRunning) this.#tell();
  }

  #tell(): void {
    this.#cancelSoon?.();
    this.#cancelSoon = null;
    if (!this.#isRunning || this.#options.channels.length === 0) return;
    const facts = this.#options.facts({ celsius: this.#celsius, page: this.#page });
    const text = JSON.stringify(facts);
    if (text === this.#told) return;
    this.#told = text;
    this.#options.send(facts);
  }
}
