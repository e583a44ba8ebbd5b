/**
 * House snooze: ntfy and webhook keep silent for a while. Owners begin and end it, and so may a system of the house that
 * an owner let in; the record of the house says who, so that nobody wonders why the phones were silent.
 */
import type { Clock } from "../../../hal/sensors.ts";
import type { Snooze } from "../../alerts/snooze.ts";
import type { Happened } from "../history.ts";
import { house, type RulesBook } from "./rules-book.ts";

export interface HouseSnoozeOptions {
  readonly clock: Clock;
  readonly rules: RulesBook;
  readonly note: (happened: Happened) => Promise<void>;
}

export interface SnoozeBegun extends Pick<Snooze, "untilWallMs" | "ringThrough"> {
  /** In words, for the record: "for an hour". */
  readonly howLong: string;
}

export class HouseSnooze {
  readonly #options: HouseSnoozeOptions;

  constructor(options: HouseSnoozeOptions) {
    this.#options = options;
  }

  /** In force; null = none. */
  get current(): Snooze | null {
    return this.#options.rules.snooze(house);
  }

  /** `by` = name of the owner; null = another system of the house. Durable when it resolves. */
  async begin(by: string | null, { untilWallMs, ringThrough, howLong }: SnoozeBegun): Promise<void> {
    const { rules, clock, note } = this.#options;
    const sinceWallMs = Math.round(clock.wallMs());
    await rules.putSnooze(house, { sinceWallMs, untilWallMs, ringThrough, by });
    const rings = ringThrough ? "rings are told" : "rings too";
    await note({
      who: by,
      what: "alerts",
      detail: `the house's channels snoozed ${howLong}, ${rings}${inName(by)}`,
    });
  }

  async end(by: string | null): Promise<void> {
    const { rules, note } = this.#options;
    if (this.current === null) return;
    await rules.putSnooze(house, null);
    await note({ who: by, what: "alerts", detail: `the snooze of the house's channels ended${inName(by)}` });
  }

  /** As a switch of a home system has it: until then, or null = over. Infinity = until it is switched off. */
  snooze(untilWallMs: number | null): Promise<void> {
    if (untilWallMs === null) return this.end(null);
    const isOpen = untilWallMs === Infinity;
    return this.begin(null, {
      untilWallMs: isOpen ? null : Math.round(untilWallMs),
      ringThrough: false,
      howLong: isOpen ? "until somebody ends it" : "for a while",
    });
  }
}

function inName(by: string | null): string {
  return by === null ? ", by another system of the house" : "";
}
