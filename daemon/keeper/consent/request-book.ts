/**
 * Request book: the requests that concern this house, from being found in the log to an owner's answer.
 *
 * Every change is told in the ledger first and is on the disk when it resolves. Refused is final. Nothing is sent to
 * anybody: what an owner decides, or that there was anything to decide, is known here alone. It knows recordings
 * only by asking whether there is one in a window; it cannot start, keep or delete any.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Place } from "../../consent/common.ts";
import { distanceM } from "../../consent/place.ts";
import type { Request } from "../../consent/request.ts";
import type { Happened } from "../history.ts";
import { goodKeys } from "./feed/agencies.ts";
import type { FeedStore, Kept } from "./feed/feed-store.ts";
import type { House } from "./house.ts";
import type { KnownRequest, RequestLookup, RequestState } from "./known-request.ts";
import { isUndecided, wasShown, type RequestRecord } from "./request-record.ts";
import { nextTellingMs, settle, waitingOf } from "./settle.ts";

export interface RequestBookOptions {
  readonly store: FeedStore;
  readonly house: House;
  readonly clock: Clock;
  readonly clockTrusted: () => boolean;
  readonly mostShownPerDay: number;
  /** Null = the index cannot be asked now. */
  readonly isRecorded: (window: Request["window"]) => boolean | null;
  /** The ledger; what it rejects does not happen. */
  readonly tell: (happened: Happened) => Promise<unknown>;
  readonly onChange: () => void;
}

export class RequestBook implements RequestLookup {
  readonly #options: RequestBookOptions;

  constructor(options: RequestBookOptions) {
    this.#options = options;
  }

  /** Newest first; those of muted agencies only when they are decided. */
  get shown(): RequestRecord[] {
    const { store, house } = this.#options;
    return store.kept.requests
      .filter(wasShown)
      .filter((record) => !isUndecided(record) || !house.isMuted(record.request.agency))
      .toSorted((a, b) => b.logIndex - a.logIndex);
  }

  /** That wait for an answer. */
  get undecided(): number {
    return this.shown.filter(isUndecided).length;
  }

  get digest(): { waiting: number; nextWallMs: number | null } {
    const { store, house, clock } = this.#options;
    const { requests } = store.kept;
    const waiting = waitingOf(requests, (agency) => house.isMuted(agency)).length;
    return { waiting, nextWallMs: waiting === 0 ? null : nextTellingMs(requests, nowOf(clock)) };
  }

  agencyName(agency: string): string {
    return this.#options.store.kept.agencies.get(agency)?.profile.name ?? agency;
  }

  agencyKeys(agency: string): readonly string[] {
    return goodKeys(this.#options.store.kept.agencies.get(agency));
  }

  requestByHash(hash: string): KnownRequest | null {
    const record = this.#options.store.kept.requests.find((each) => each.hash === hash);
    const state = record === undefined ? null : shownState(record);
    if (record === undefined || state === null) return null;
    const { agency } = record.request;
    return {
      hash,
      request: record.request,
      agency: { id: agency, name: this.agencyName(agency), signKeys: this.agencyKeys(agency) },
      state,
    };
  }

  answerable(hash: string): KnownRequest {
    const known = this.requestByHash(hash);
    if (known === null) throw new Fault("not-found", "no such request was shown at this doorbell");
    const { clock, clockTrusted } = this.#options;
    if (known.state === "refused") throw new Fault("denied", "this request was refused, which is final");
    if (known.state === "withdrawn") throw new Fault("denied", "this request was taken back");
    const isOver = clockTrusted() && known.request.expiresAt <= nowOf(clock);
    if (known.state === "expired" || isOver) throw new Fault("denied", "the time of this request is over");
    return known;
  }

  /** By an owner. Again = nothing. Throws Fault `not-found`, `denied` when a grant was signed for it. */
  async refuse(hash: string, who: string): Promise<void> {
    await this.#changeOne(hash, async (record) => {
      if (record.state === "refused") return record;
      if (record.state === "granted")
        throw new Fault("denied", "something was already shared for this request", {
          hint: "stop or revoke that grant instead",
        });
      if (!isUndecided(record)) throw new Fault("denied", "this request cannot be answered any more");
      await this.#options.tell({
        who,
        what: "request-refused",
        detail: `a request of ${this.agencyName(record.request.agency)}; nobody outside is told`,
        about: { request: hash },
      });
      return { ...record, state: "refused" };
    });
  }

  granted(hash: string): Promise<void> {
    return this.#changeOne(hash, (record) =>
      record.state === "shown" ? { ...record, state: "granted" } : record,
    );
  }

  grantCancelled(hash: string): Promise<void> {
    return this.#changeOne(hash, (record) =>
      record.state === "granted" ? { ...record, state: "shown" } : record,
    );
  }

  async mute(agency: string, { muted, who }: { muted: boolean; who: string }): Promise<void> {
    const { house, store, tell } = this.#options;
    if (agency !== "all" && !store.kept.agencies.has(agency))
      throw new Fault("not-found", "no agency of this name has been vouched for");
    const name = agency === "all" ? "all agencies" : this.agencyName(agency);
    await tell({
      who,
      what: "request-muted",
      detail: muted ? `${name}: not told any more` : `${name}: told again`,
    });
    await house.mute(agency, muted);
    await this.settle();
    this.#options.onChange();
  }

  /** Requests that were found for where the house was before go, as if they had never matched. */
  async putPlace(place: Place | null, who: string): Promise<void> {
    const { house, store, tell } = this.#options;
    const detail =
      place === null ? "this doorbell does not know any more where it is" : "where this house is";
    await tell({ who, what: "place", detail });
    await house.putPlace(place);
    await store.change((kept) => ({
      ...kept,
      requests: kept.requests.flatMap((record) => (isUndecided(record) ? moved(record, place) : [record])),
    }));
    this.#options.onChange();
  }

  /** What time and the index bring about. Called after every round, and every minute. */
  async settle(): Promise<void> {
    const { store, house, clock, clockTrusted, mostShownPerDay, isRecorded } = this.#options;
    await store.change(async (kept) => {
      const settled = settle(kept.requests, {
        nowMs: nowOf(clock),
        clockTrusted: clockTrusted(),
        mostShownPerDay,
        isMuted: (agency) => house.isMuted(agency),
        isRecorded,
      });
      if (settled === null) return null;
      for (const record of settled.shown) await this.#tellOf(record, "request-shown");
      for (const record of settled.expired) await this.#tellOf(record, "request-expired");
      return { ...kept, requests: settled.requests, counts: summed(kept.counts, settled.counts) };
    });
    this.#options.onChange();
  }

  #tellOf({ hash, request }: RequestRecord, what: "request-shown" | "request-expired"): Promise<unknown> {
    const asked = `${this.agencyName(request.agency)} asks about ${request.incidentType}, case ${request.case}`;
    const detail = what === "request-shown" ? asked : `${asked}: not answered in time`;
    return this.#options.tell({ who: null, what, detail, about: { request: hash } });
  }

  async #changeOne(
    hash: string,
    change: (record: RequestRecord) => Promise<RequestRecord> | RequestRecord,
  ): Promise<void> {
    await this.#options.store.change(async (kept): Promise<Kept | null> => {
      const record = kept.requests.find((each) => each.hash === hash && wasShown(each));
      if (record === undefined) throw new Fault("not-found", "no such request was shown at this doorbell");
      const next = await change(record);
      if (next === record) return null;
      return { ...kept, requests: kept.requests.map((each) => (each === record ? next : each)) };
    });
    this.#options.onChange();
  }
}

export function summed(
  before: Readonly<Record<string, number>>,
  more: Readonly<Partial<Record<string, number>>>,
): Record<string, number> {
  const counts = { ...before };
  for (const [code, count = 0] of Object.entries(more))
    if (count > 0) counts[code] = (counts[code] ?? 0) + count;
  return counts;
}

function nowOf(clock: Clock): number {
  return Math.round(clock.wallMs());
}

/** Null = it was never told. */
export function shownState({ state }: RequestRecord): RequestState | null {
  return state === "found" || state === "waiting" ? null : state;
}

function moved(record: RequestRecord, place: Place | null): RequestRecord[] {
  const distance = place === null ? Infinity : distanceM(place, record.request.area);
  return distance <= record.request.area.radiusM ? [{ ...record, distanceM: distance }] : [];
}
