/**
 * Whatever a portal tried and whenever the power went: in the end a house knows what one knows that only ever
 * saw the truth.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  profileEnvelope,
  requestEnvelope,
  testAgency,
  testPlace,
  testRequest,
  withdrawalEnvelope,
  hashOf,
} from "../../../../scripts/rigs/agency.ts";
import { TestLog } from "../../../../scripts/rigs/public-log.ts";
import { SimDisk } from "../../../world/disk.ts";
import { nowMs, openHouse, type TestHouse } from "./house.ts";

const agency = testAgency();
const near = (number: number) => requestEnvelope(agency, testRequest(agency, { nowMs, number }));
const far = (number: number) => {
  const area = { lat: testPlace.lat + 0.1, lon: testPlace.lon, radiusM: 300 };
  return requestEnvelope(agency, testRequest(agency, { nowMs, number, area }));
};

/** The n-th entry of the honest log. */
function entryOf(n: number): unknown {
  if (n % 7 === 3) return withdrawalEnvelope(agency, hashOf(near(n - 1)), nowMs);
  if (n % 5 === 4) return profileEnvelope({ profile: { ...agency.profile, version: n } });
  return n % 2 === 0 ? near(n) : far(n);
}

type Step = readonly ["grow" | "read" | "rollback" | "fork" | "restart" | "cut", number];
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom("grow", "read", "rollback", "fork", "restart", "cut"),
  fc.nat(100),
);

class Life {
  readonly log = new TestLog();
  #disk = new SimDisk();
  #house: TestHouse | null = null;

  constructor() {
    this.log.append(profileEnvelope(agency));
  }

  async house(): Promise<TestHouse> {
    this.#house ??= await openHouse({ files: this.#disk, mostShownPerDay: 100 });
    return this.#house;
  }

  async take([what, n]: Step): Promise<void> {
    const house = await this.house();
    const known = house.desk.status.size;
    switch (what) {
      case "grow":
        for (let i = 0; i < n % 8; i += 1) this.log.append(entryOf(this.log.size));
        return;
      case "read":
        return house.read(this.log);
      case "rollback":
        return known === 0 ? undefined : house.read(this.log, n % known);
      case "fork":
        return known === 0 ? undefined : house.read(this.#liar(n % known, known + (n % 5)));
      case "restart":
        this.#house = null;
        return;
      case "cut":
        return this.#cutWhileReading(house, n % 6);
    }
  }

  /** Says what the log says up to `same`, and something else from there on. */
  #liar(same: number, size: number): TestLog {
    const liar = this.log.fork(same);
    while (liar.size < size) liar.append(near(5_000 + liar.size));
    return liar;
  }

  async #cutWhileReading(house: TestHouse, changes: number): Promise<void> {
    let left = changes;
    this.#disk.plugIn(() => (left-- === 0 ? 0.5 : null));
    await house.read(this.log).catch(() => {}); // the process is dead
    this.#disk = this.#disk.survivor();
    this.#house = null;
  }
}

/** When it learned a thing decides whether it was told of it meanwhile; what is open at the end does not. */
function knows({ book, desk, store }: TestHouse): unknown {
  const { size, state, counts } = desk.status;
  const open = book.shown.filter((each) => each.state === "shown").map(({ hash }) => hash);
  const version = store.kept.agencies.get(agency.profile.id)?.profile.version;
  return { size, state, counts, open, version, seen: store.seen.size };
}

test(
  "a house that was lied to knows in the end what one knows that was not",
  { timeout: 120_000 },
  async () => {
    let lies = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        const life = new Life();
        for (const each of steps) {
          await life.take(each);
          const { status } = (await life.house()).desk;
          if (status.state === "alarm") lies += 1;
          expect(status.size).toBeLessThanOrEqual(life.log.size);
        }
        const [house, truthful] = [await life.house(), await openHouse({ mostShownPerDay: 100 })];
        for (const each of [house, truthful]) await each.read(life.log);
        expect(knows(house)).toEqual(knows(truthful));
      }),
      { numRuns: 60 },
    );
    expect(lies).toBeGreaterThan(10);
  },
);
