/**
 * Drawn zones: the names that motion zones have now and what the house wants of what moves in them, for whoever decides in
 * the tick of an event and cannot wait for a file.
 */
import type { Settings } from "../../config/schema.ts";
import type { AlertKind } from "../alerts/kinds.ts";
import { actionOn, judgedBy, rulesOf, type WhatRules, type ZoneAction } from "../alerts/zone-actions.ts";
import { isIgnored } from "../alerts/ignored.ts";
import type { Event } from "../wire/api.ts";
import type { Thresholds, Zones } from "../wire/api-household.ts";
import { blindZones, isCertain, pirIn } from "../sight/label-fusion.ts";
import type { Seen } from "../wire/what.ts";
import { readZones, writeZones } from "./zones-file.ts";

export class DrawnZones {
  readonly #path: string;
  #names: readonly string[] = [];
  #what: WhatRules = { whole: {}, zones: new Map() };
  #thresholds: Thresholds = {};
  /** Zones that the PIR does not see. */
  #blind: ReadonlySet<string> = new Set();

  private constructor(path: string, zones: Zones) {
    this.#path = path;
    this.#take(zones);
  }

  static async open(path: string, settings: Settings["motion"]): Promise<DrawnZones> {
    return new DrawnZones(path, await readZones(path, settings));
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** The house takes that for true, with what the PIR said of it. */
  isCertain(seen: Seen, { zones, pir }: Pick<Event, "zones" | "pir">): boolean {
    const circumstances = { pir: pirIn(pir, zones, this.#blind), near: seen.near === true };
    return isCertain(seen, this.#thresholds[seen.label] ?? 0, circumstances);
  }

  /** What the house wants of such a thing where this event is; a correction takes the place of what the model said. */
  actionOn(kind: AlertKind, event: Pick<Event, "zones" | "what" | "said" | "corrected">): ZoneAction {
    const seen = event.corrected === null ? event : { what: [event.corrected], said: [] };
    return actionOn(judgedBy(kind, seen), event.zones, this.#what);
  }

  /** Nothing is in it that the house wants to keep as it keeps everything else. */
  ignores(event: Event): boolean {
    return isIgnored(event, this.#what);
  }

  /** Durable when it resolves. */
  async write(zones: Zones): Promise<void> {
    await writeZones(this.#path, zones);
    this.#take(zones);
  }

  #take(drawn: Zones): void {
    const { zones, thresholds = {} } = drawn;
    this.#names = zones.map(({ name }) => name);
    this.#what = rulesOf(drawn);
    this.#thresholds = thresholds;
    this.#blind = blindZones(zones);
  }
}
