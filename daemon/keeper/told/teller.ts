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
import { countsIn } from "../../alerts/counts.ts";
import type { Telling, Whom } from "./telling.ts";
import type { Sum } from "../../alerts/sum.ts";
import { newId } from "../../wire/id.ts";
import {
  alertChannels,
  alertIdOf,
  type AlertChannel,
  type DigestSaid,
  type Facts,
  type HappenedSaid,
} from "../../wire/told.ts";

export interface TellerOptions {
  readonly clock: Clock;
  /** Those that the settings name; web push is beside them when `phones` names any. */
  readonly channels: readonly AlertChannel[];
  /** Browsers of these persons. */
  readonly phones: (persons: readonly string[]) => readonly string[];
  /** To a courier that is there. */
  readonly send: (message: KeeperToCourier) => void;
  /** Asked anew each time; `celsius` as it was measured last, `page` for the home network. */
  readonly facts: (also: { readonly celsius: number | null; readonly page: string | null }) => Facts;
  /** null = no thermometer. */
  readonly celsius: () => Promise<number | null>;
}

type Leaves = "agoMs" | "done" | "phones";
type Said = Omit<HappenedSaid, Leaves> | Omit<DigestSaid, Leaves>;

interface Open {
  readonly said: Said;
  readonly phones: readonly string[];
  readonly monoMs: number;
  /** Those that are told. */
  readonly channels: ReadonlySet<AlertChannel>;
  readonly done: ReadonlySet<AlertChannel>;
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
  readonly #waiting = new Map<string, Open>();
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
    for (const open of this.#waiting.values()) this.#say(open);
  }

  /** What is told of an event now. */
  event({ id, startWallMs, zones }: Event, tellings: readonly Telling[]): void {
    for (const { kind, broker, house, persons } of tellings) {
      const said = {
        type: "happened",
        event: id,
        kind,
        wallMs: startWallMs,
        zones: toldZones(zones),
      } as const;
      const channels = this.#options.channels.filter((channel) => (channel === "mqtt" ? broker : house));
      this.#open(said, channels, persons);
    }
    this.changed();
  }

  /** What these were not told when it happened. */
  digest(sum: Sum, { house, persons }: Whom): void {
    const { why, lastId, firstWallMs, lastWallMs, firstMonoMs, lastMonoMs, zones } = sum;
    const { clock, channels } = this.#options;
    const ago = (monoMs: number): number => Math.max(0, clock.monoMs() - monoMs);
    const said = {
      type: "digest",
      event: newId(clock.wallMs()),
      last: lastId,
      why,
      ...countsIn(sum),
      firstWallMs,
      wallMs: lastWallMs,
      firstAgoMs: ago(firstMonoMs),
      lastAgoMs: ago(lastMonoMs),
      zones: toldZones(zones),
    } as const;
    this.#open(said, house ? channels.filter((channel) => channel !== "mqtt") : [], persons);
  }

  /** Of which event it was; null = of none that waits. */
  done(alert: string, channel: AlertChannel): string | null {
    const open = this.#waiting.get(alert);
    if (open === undefined) return null;
    const done = new Set([...open.done, channel]);
    if ([...open.channels].every((each) => done.has(each))) this.#waiting.delete(alert);
    else this.#waiting.set(alert, { ...open, done });
    return open.said.event;
  }

  changed(): void {
    if (!this.#isRunning) return;
    this.#cancelSoon ??= this.#options.clock.after(togetherMs, () => this.#tell());
  }

  /** What is on its way already goes on, and to these too. */
  #open(said: Said, channels: readonly AlertChannel[], persons: readonly string[]): void {
    const { clock, phones: phonesOf } = this.#options;
    const phones = phonesOf(persons);
    const whom: AlertChannel[] = phones.length > 0 ? [...channels, "push"] : [...channels];
    if (whom.length === 0) return;
    const alert = alertIdOf(said);
    const before = this.#waiting.get(alert);
    const open: Open = {
      said,
      phones: [...new Set([...(before?.phones ?? []), ...phones])],
      monoMs: clock.monoMs(),
      channels: new Set([...(before?.channels ?? []), ...whom]),
      done: new Set([...(before?.done ?? [])].filter((channel) => !whom.includes(channel))),
    };
    this.#waiting.set(alert, open);
    for (const oldest of this.#waiting.keys())
      if (this.#waiting.size > mostOpen) this.#waiting.delete(oldest);
    this.#say(open);
  }

  #say({ said, phones, monoMs, channels, done }: Open): void {
    const agoMs = Math.max(0, this.#options.clock.monoMs() - monoMs);
    const others = alertChannels.filter((channel) => done.has(channel) || !channels.has(channel));
    this.#options.send({ ...said, phones: [...phones], agoMs, done: others });
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

/** As many, and as long, as a channel is told. */
export function toldZones(zones: readonly string[]): string[] {
  return zones.slice(0, mostZones).map((zone) => zone.slice(0, mostChars));
}
