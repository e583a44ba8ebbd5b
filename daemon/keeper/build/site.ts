/**
 * Site: what every part is built from, and the way to those that are built later.
 *
 * What a part needs to be made is an argument of the function that makes it. What it tells, or asks, when something
 * happens goes through `house`: that is there when the last part is, and nothing happens before.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { ConsentFiles } from "../consent/consent.ts";
import type { DrawnZones } from "../drawn-zones.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Parts } from "../parts.ts";
import type { People } from "../people/people.ts";
import type { PolicyBook } from "../policy-book.ts";
import type { SensorDrivers } from "../sensors/drivers.ts";
import type { StatusFeed } from "../status-feed.ts";
import type { SoundDrivers } from "../talk/door-sound.ts";
import type { NamedCertificate } from "../tls/named.ts";
import type { HeldFile } from "../told/held-file.ts";
import type { RulesBook } from "../told/rules-book.ts";
import type { Teller } from "../told/teller.ts";

export interface Plan {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly drivers: SensorDrivers;
  readonly sounds: SoundDrivers;
  readonly paths: DataPaths;
  readonly people: People;
  readonly policies: PolicyBook;
  readonly consent: ConsentFiles;
  readonly rules: RulesBook;
  readonly named: NamedCertificate | null;
  readonly heldFile: HeldFile;
  readonly drawnZones: DrawnZones;
}

export interface Built extends Parts {
  readonly metrics: Metrics;
  readonly feed: StatusFeed;
  /** null = the settings name nobody who could be told. */
  readonly teller: Teller | null;
}

export interface Site extends Plan {
  /** Whoever is concerned by any change at all: pages, alerts, RTSP. */
  readonly onChange: () => void;
  /** Throws Fault `bug` while parts are being made. */
  readonly house: () => Built;
}

/** `built` = null as long as parts are being made. */
export function siteOf(plan: Plan, built: () => Built | null): Site {
  const house = (): Built => {
    const all = built();
    if (all === null) throw new Fault("bug", "a part was asked for while the house is being built");
    return all;
  };
  const onChange = (): void => {
    const { feed, teller, rtsp } = house();
    feed.changed();
    teller?.changed();
    rtsp.look();
  };
  return { ...plan, onChange, house };
}
