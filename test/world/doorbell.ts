/**
 * Doorbell: the keeper's books on one simulated disk, started, cut off and started again.
 *
 * Everything of a doorbell that decides whether bytes leave is the product's own: ledger, feed, requests, grants, clock
 * trust. A process that lost its power cannot reach courier or truth any more.
 */
import { emptyHousehold, type Household } from "../../daemon/household/household.ts";
import type { Keys } from "../../daemon/identity/keys.ts";
import { ClockTrust } from "../../daemon/keeper/clock-trust.ts";
import { FeedDesk, type FeedMessage } from "../../daemon/keeper/consent/feed/feed-desk.ts";
import { FeedStore } from "../../daemon/keeper/consent/feed/feed-store.ts";
import { House } from "../../daemon/keeper/consent/house.ts";
import { RequestBook } from "../../daemon/keeper/consent/request-book.ts";
import { GrantBook } from "../../daemon/keeper/grants/grant-book.ts";
import type { Happened } from "../../daemon/keeper/history.ts";
import { Ledger } from "../../daemon/ledger/ledger.ts";
import { deviceSigner } from "../../daemon/ledger/key.ts";
import { SimClock } from "../../hal/sim/clock.ts";
import { nodeSigner, registrarKeys } from "../../scripts/rigs/agency.ts";
import type { TestLog } from "../../scripts/rigs/public-log.ts";
import { deviceKeys, firstHouseholds, places, roundOf, settings } from "./cast.ts";
import { clips } from "./clips.ts";
import { SimCourier } from "./courier.ts";
import { PowerCut, type SimDisk } from "./disk.ts";
import { inFolder } from "./folder.ts";
import type { Random } from "./random.ts";
import type { Truth } from "./truth.ts";

export interface Running {
  readonly disk: SimDisk;
  readonly ledger: Ledger;
  readonly requests: RequestBook;
  readonly feed: FeedDesk;
  readonly store: FeedStore;
  readonly grants: GrantBook;
  readonly trust: ClockTrust;
}

export interface DoorbellOptions {
  readonly number: number;
  readonly truth: Truth;
  readonly random: Random;
  readonly disk: SimDisk;
}

export class Doorbell {
  readonly number: number;
  readonly keys: Keys;
  readonly clock = new SimClock();
  readonly #options: DoorbellOptions;
  readonly #docks = new Map<string, number>();
  courier: SimCourier;
  household: Household;
  /** What the folders are to this disk and to no copy of it. */
  home = 1;
  /** Clips that the retention rules deleted. */
  readonly deleted = new Set<string>();
  #running: Running | null = null;
  #disk: SimDisk;

  constructor(options: DoorbellOptions) {
    this.#options = options;
    this.number = options.number;
    this.keys = deviceKeys[options.number] ?? deviceKeys[0];
    this.household = firstHouseholds[options.number] ?? emptyHousehold(this.keys.signKey);
    this.#disk = options.disk;
    this.courier = new SimCourier(this.#docks);
  }

  get disk(): SimDisk {
    return this.#disk;
  }

  /** Started when it was not, or when its power was cut. */
  async running(): Promise<Running> {
    while (this.#running === null || this.#disk.dead) {
      if (this.#disk.dead) this.#disk = this.#disk.survivor();
      this.#running = await this.#start(this.#disk).catch((error: unknown) => {
        if (error instanceof PowerCut || this.#disk.dead) return null;
        throw error;
      });
    }
    return this.#running;
  }

  /** Everything from before is as it was then, in new folders. */
  restore(backup: SimDisk): void {
    this.#disk.cut();
    this.#disk = backup.survivor();
    this.#running = null;
    this.home += 1;
  }

  async read(log: TestLog): Promise<void> {
    const { feed } = await this.running();
    for (const message of roundOf(log, feed.from)) await feed.handle(message as FeedMessage);
  }

  async #start(disk: SimDisk): Promise<Running> {
    const { number, truth, random } = this.#options;
    const { clock } = this;
    const courier = new SimCourier(this.#docks);
    this.courier = courier;
    const ledger = await Ledger.open({
      files: inFolder(disk, "ledger"),
      clock,
      signer: deviceSigner(nodeSigner(this.keys)),
      salt: () => random.bytes(16),
    });
    const trust = await ClockTrust.open(disk, clock);
    const clockTrusted = (): boolean => trust.now().trusted;
    const consent = inFolder(disk, "consent");
    const { logKey, registrarKey, url, pollMinutes } = settings.portal;
    const store = await FeedStore.open(consent, { logKey, registrarKey: registrarKeys.signKey });
    const house = await House.open(consent);
    if (house.place === null) await house.putPlace(places[number] ?? places[0]);
    const tell = (happened: Happened): Promise<unknown> => ledger.append(happened);
    const onChange = (): void => {};
    const requests = new RequestBook({
      store,
      house,
      clock,
      clockTrusted,
      mostShownPerDay: settings.consent.mostShownPerDay,
      isRecorded: ({ from, to }) =>
        clips.some(
          ({ id, startWallMs }) => !this.deleted.has(id) && startWallMs < to && startWallMs + 6_000 > from,
        ),
      tell,
      onChange,
    });
    const portal = { url, logKey, registrarKey, pollMinutes };
    const feed = new FeedDesk({
      store,
      book: requests,
      house,
      clock,
      clockTrusted,
      portal,
      send: onChange,
      tell,
      onChange,
    });
    const intended = new Set<string>();
    const grants = await GrantBook.open({
      files: disk,
      clock,
      clockTrust: trust,
      random: () => random.next(),
      settings,
      household: () => this.household,
      ledger: {
        append: async (happened) => {
          const entry = await ledger.append(happened);
          if (happened.what === "send-intent") intended.add(happened.about?.grant ?? "");
          return entry;
        },
      },
      asked: {
        request: (hash) => requests.requestByHash(hash),
        agency: (id) => store.kept.agencies.get(id)?.profile ?? null,
        agencyKeys: (id) => requests.agencyKeys(id),
        courtOrder: () => null,
        granted: (hash) => requests.granted(hash),
        grantCancelled: (hash) => requests.grantCancelled(hash),
      },
      courier: {
        get connected() {
          return courier.connected;
        },
        send: (message) => {
          if (!disk.dead) courier.send(message);
        },
        sendChunk: (chunk) => {
          if (disk.dead) return;
          truth.sent({
            device: this.keys.signKey,
            ownerKeys: this.household.people.map(({ signKey }) => signKey),
            deliverTo: courier.jobs.get(chunk.grant)?.deliverTo ?? null,
            clock,
            isIntended: intended.has(chunk.grant),
            chunk,
          });
          courier.take(chunk);
        },
      },
      homeOf: async (folder) => `${folder} ${this.home}`,
      onChange,
    });
    if (disk.dead) throw new PowerCut();
    return { disk, ledger, requests, feed, store, grants, trust };
  }
}
