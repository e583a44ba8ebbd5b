/**
 * Parts: the running pieces of the keeper, as the status page, the metrics and the API see them.
 */
import type { Settings } from "../../config/schema.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { CalibrationDesk } from "./calibration/desk.ts";
import type { Walks } from "./calibration/walks.ts";
import type { ControlCounts } from "./control/client.ts";
import type { ConsentFiles } from "./consent/consent.ts";
import type { FeedDesk } from "./consent/feed/feed-desk.ts";
import type { RequestBook } from "./consent/request-book.ts";
import type { Doorbell } from "./doorbell.ts";
import type { EventBook } from "./event-book.ts";
import type { Examinations } from "./examinations.ts";
import type { OutsideCalls } from "./outside-calls.ts";
import type { Grants } from "./grants/grants.ts";
import type { HeatHub } from "./heat.ts";
import type { History } from "./history.ts";
import type { Janitor } from "./janitor.ts";
import type { JournalFlush } from "./journal-flush.ts";
import type { MotionDays } from "./motion-days.ts";
import type { CourierLink } from "./links/courier.ts";
import type { EyeLink } from "./links/eye.ts";
import type { LiveHub } from "./live.ts";
import type { People } from "./people/people.ts";
import type { PhoneBook } from "./push/phone-book.ts";
import type { PhoneDesk } from "./push/phone-desk.ts";
import type { PolicyBook } from "./policy-book.ts";
import type { SelftestDesk } from "./selftest/desk.ts";
import type { SelftestShelf } from "./selftest/shelf.ts";
import type { CameraFeed } from "./sensors/camera-feed.ts";
import type { Sensors } from "./sensors/sensors.ts";
import type { BlindWatch } from "./blind-watch.ts";
import type { Gaps } from "./gaps.ts";
import type { Sightings } from "./sightings.ts";
import type { Views } from "./views.ts";
import type { Stills } from "./stills.ts";
import type { Store } from "./store/store.ts";
import type { PageSubscribers } from "./subscribers.ts";

export { wireFault, type WireFault } from "./wire-fault.ts";

export interface Parts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly startedWallMs: number;
  readonly startedMonoMs: number;
  readonly store: Store;
  readonly book: EventBook;
  readonly doorbell: Doorbell;
  readonly sensors: Sensors;
  readonly camera: CameraFeed;
  readonly eye: EyeLink;
  readonly courier: CourierLink;
  readonly live: LiveHub;
  readonly heat: HeatHub;
  readonly pages: PageSubscribers;
  readonly janitor: Janitor;
  readonly motionDays: MotionDays;
  readonly people: People;
  readonly history: History;
  readonly views: Views;
  readonly gaps: Gaps;
  readonly blind: BlindWatch;
  readonly sightings: Sightings;
  readonly policies: PolicyBook;
  readonly stills: Stills;
  readonly consent: ConsentFiles;
  readonly requestBook: RequestBook;
  readonly feedDesk: FeedDesk;
  readonly grants: Grants;
  readonly calibration: CalibrationDesk;
  readonly journalFlush: JournalFlush;
  readonly examinations: Examinations;
  readonly outside: OutsideCalls;
  readonly phones: PhoneBook;
  readonly phoneDesk: PhoneDesk;
  readonly walks: Walks;
  readonly selftest: SelftestDesk;
  readonly selftestShelf: SelftestShelf;
  /** Commands at the control socket. */
  readonly control: ControlCounts;
}
