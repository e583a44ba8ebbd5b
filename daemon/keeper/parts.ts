/**
 * Parts: the running pieces of the keeper, as the status page, the metrics and the API see them.
 */
import type { Settings } from "../../config/schema.ts";
import type { Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Doorbell } from "./doorbell.ts";
import type { EventBook } from "./event-book.ts";
import type { History } from "./history.ts";
import type { Janitor } from "./janitor.ts";
import type { CourierLink } from "./links/courier.ts";
import type { EyeLink } from "./links/eye.ts";
import type { LiveHub } from "./live.ts";
import type { People } from "./people/people.ts";
import type { PolicyBook } from "./policy-book.ts";
import type { Sensors } from "./sensors/sensors.ts";
import type { Stills } from "./stills.ts";
import type { Store } from "./store/store.ts";
import type { PageSubscribers } from "./subscribers.ts";

export interface Parts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly startedWallMs: number;
  readonly startedMonoMs: number;
  readonly store: Store;
  readonly book: EventBook;
  readonly doorbell: Doorbell;
  readonly sensors: Sensors;
  readonly eye: EyeLink;
  readonly courier: CourierLink;
  readonly live: LiveHub;
  readonly pages: PageSubscribers;
  readonly janitor: Janitor;
  readonly people: People;
  readonly history: History;
  readonly policies: PolicyBook;
  readonly stills: Stills;
}

export interface WireFault {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}

/** A Fault as it is shown; the cause stays inside. */
export function wireFault({ kind, message, hint }: Fault): WireFault {
  return hint === undefined ? { kind, message } : { kind, message, hint };
}
