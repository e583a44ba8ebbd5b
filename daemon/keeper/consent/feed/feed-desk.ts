/**
 * Feed desk: what the courier fetched of the public log, verified; the only way in for requests.
 *
 *   feed-checkpoint -> feed-bundle* -> feed-end        or feed-failed at any time
 *
 * A round ends in one of three ways. The log agrees: what was learned counts, in one durable step, after the ledger
 * has a line about it. The portal contradicts itself (alarms.ts): nothing counts and the owners are told.
 * Something is missing: nothing is lost, and the next round goes on. After each the courier is told where to
 * begin, a number that depends on the log and on nothing else; no other word of it ever goes to the courier.
 *
 * Bundles wait here in memory while the one before is checked, at most `mostWaitingChars`; more are dropped and
 * counted, and fetched again in the next round.
 */
import { Fault, toFault } from "../../../../hal/fault.ts";
import type { Clock } from "../../../../hal/sensors.ts";
import type { Requests } from "../../../wire/api-consent.ts";
import type { CourierToKeeper, KeeperToCourier } from "../../../wire/messages.ts";
import type { Checkpoint } from "../../../ledger/checkpoint.ts";
import { rootOf } from "../../../ledger/range.ts";
import { isSameHash } from "../../../ledger/tree.ts";
import type { Happened } from "../../history.ts";
import { Turns } from "../../../files/turns.ts";
import type { House } from "../house.ts";
import { isUndecided } from "../request-record.ts";
import { summed, type RequestBook } from "../request-book.ts";
import { alarmOf, changed, PortalLies, shrunk, trustedCheckpoint } from "./alarms.ts";
import { applyEffects } from "./effects.ts";
import type { Alarm, FeedStore, Kept } from "./feed-store.ts";
import { feedStatus } from "./feed-status.ts";
import { Judge, type Learned } from "./judge.ts";
import { Round } from "./round.ts";

const mostWaitingChars = 48 * 1024 * 1024;

export type FeedMessage = Extract<
  CourierToKeeper,
  { type: "feed-checkpoint" | "feed-bundle" | "feed-end" | "feed-failed" }
>;

export interface FeedDeskOptions {
  readonly store: FeedStore;
  readonly book: RequestBook;
  readonly house: House;
  readonly clock: Clock;
  readonly clockTrusted: () => boolean;
  readonly portal: {
    readonly url: string;
    readonly logKey: string;
    readonly registrarKey: string;
    readonly pollMinutes: number;
  };
  readonly send: (message: Extract<KeeperToCourier, { type: "feed-from" }>) => void;
  /** The ledger; what it rejects does not happen. */
  readonly tell: (happened: Happened) => Promise<unknown>;
  readonly onChange: () => void;
}

export class FeedDesk {
  readonly #options: FeedDeskOptions;
  readonly #turns = new Turns();
  /** On top of the verified state; lives on when a round fetches only a part of a long log. */
  #round: Round | null = null;
  /** What the round under way must come to; null = no round, or one that failed. */
  #goal: { readonly note: string; readonly checkpoint: Checkpoint } | null = null;
  /** Of the round under way, if its signature fits: the proof when it turns out to be a lie. */
  #signedNote: string | null = null;
  #waitingChars = 0;
  #fault: Fault | null = null;
  #alarm: Alarm | null;
  #checkedWallMs: number | null;
  received = 0;
  dropped = 0;

  constructor(options: FeedDeskOptions) {
    this.#options = options;
    this.#alarm = options.store.kept.alarm;
    this.#checkedWallMs = options.store.kept.checkedWallMs;
  }

  get status(): Requests["feed"] {
    const { store, clock, clockTrusted, portal } = this.#options;
    const { range, counts, grownWallMs } = store.kept;
    return feedStatus({
      portal,
      size: range.size,
      counts,
      checkedWallMs: this.#checkedWallMs,
      grownWallMs,
      alarm: this.#alarm,
      fault: store.fault ?? this.#fault,
      nowMs: clockTrusted() ? clock.wallMs() : null,
    });
  }

  /** Entries that need not be fetched again. */
  get from(): number {
    return this.#round?.range.size ?? this.#options.store.kept.range.size;
  }

  /** The courier is there. */
  greet(): void {
    this.#sendFrom();
  }

  /** In the order of coming; resolves when it was dealt with, whatever came of it. */
  handle(message: FeedMessage): Promise<void> {
    const chars = message.type === "feed-bundle" ? message.bytes.length : 0;
    this.received += 1;
    if (this.#waitingChars + chars > mostWaitingChars) {
      this.dropped += 1;
      return Promise.resolve();
    }
    this.#waitingChars += chars;
    return this.#turns.take(async () => {
      this.#waitingChars -= chars;
      try {
        await this.#handle(message);
      } catch (error) {
        await this.#failed(error);
      }
    });
  }

  async #handle(message: FeedMessage): Promise<void> {
    switch (message.type) {
      case "feed-checkpoint":
        return this.#begin(message.text);
      case "feed-bundle": {
        if (this.#goal === null || this.#round === null) return;
        const { index, width } = message;
        const bytes = Buffer.from(message.bytes, "base64");
        return this.#round.take({ index, width, bytes }, this.#goal.checkpoint.size);
      }
      case "feed-end":
        if (this.#goal !== null) await this.#end(this.#goal);
        return this.#finish();
      case "feed-failed": {
        const { message: text, hint } = message.fault;
        throw new Fault("unavailable", text, { hint });
      }
    }
  }

  #begin(note: string): void {
    const { logKey, registrarKey } = this.#options.portal;
    const { range } = this.#options.store.kept;
    this.#goal = null;
    this.#signedNote = null;
    if (logKey === "" || registrarKey === "") throw withoutKeys();
    if (this.#options.store.fault !== null) throw this.#options.store.fault;
    const checkpoint = trustedCheckpoint(note, logKey);
    this.#signedNote = note;
    if (checkpoint.size < range.size) throw shrunk(range.size, checkpoint.size);
    if (checkpoint.size === range.size && !isSameHash(rootOf(range), checkpoint.root)) throw changed();
    // a part of a log that was longer then; it never was verified
    if (this.#round !== null && this.#round.range.size > checkpoint.size) this.#drop();
    this.#round ??= this.#newRound();
    this.#goal = { note, checkpoint };
  }

  #newRound(): Round {
    const { store, house, portal, clock, clockTrusted } = this.#options;
    const { range, agencies, requests } = store.kept;
    const judge = new Judge({
      registrarKey: portal.registrarKey,
      agencies,
      seen: store.seen,
      open: requests.filter(isUndecided).map(({ hash, request }) => ({ hash, agency: request.agency })),
      place: () => house.place,
      nowMs: () => (clockTrusted() ? clock.wallMs() : null),
    });
    return new Round(range, judge);
  }

  async #end({ note, checkpoint }: { note: string; checkpoint: Checkpoint }): Promise<void> {
    const round = this.#round;
    if (round === null) return;
    this.dropped += round.dropped;
    round.dropped = 0;
    const agrees = round.agreesWith(checkpoint);
    this.#fault = null;
    this.#checkedWallMs = Math.round(this.#options.clock.wallMs());
    if (!agrees) return; // the rest comes in the next round
    await this.#learn(round, note);
    this.#round = null;
    this.#alarm = null;
    await this.#options.book.settle();
  }

  /** Nothing is written when the log is as long as before and no alarm ends. */
  async #learn({ range, judge }: Round, checkpoint: string): Promise<void> {
    const { store, tell, clock } = this.#options;
    const { learned } = judge;
    await store.change(
      async (kept): Promise<Kept | null> => {
        const entries = range.size - kept.range.size;
        if (entries === 0 && kept.alarm === null) return null;
        if (entries > 0) await tell({ who: null, what: "feed-checked", detail: wordsOf(entries, learned) });
        const wallMs = Math.round(clock.wallMs());
        return {
          range,
          checkpoint,
          checkedWallMs: wallMs,
          grownWallMs: entries > 0 ? wallMs : kept.grownWallMs,
          counts: summed(kept.counts, learned.counts),
          alarm: null,
          requests: applyEffects(kept.requests, learned.effects),
          agencies: learned.agencies,
        };
      },
      { withSeen: true },
    );
  }

  /** What was read so far stays, unless the portal lied or we did not understand what happened. */
  async #failed(error: unknown): Promise<void> {
    const fault = toFault(error);
    if (fault instanceof PortalLies)
      await this.#raise(alarmOf(fault, Math.round(this.#options.clock.wallMs()), this.#signedNote));
    else this.#fault = fault;
    if (fault instanceof PortalLies || fault.kind === "bug") this.#drop();
    this.#finish();
  }

  /** In the ledger once, however often the portal says it again. */
  async #raise(alarm: Alarm): Promise<void> {
    const { store, tell } = this.#options;
    const isNew = this.#alarm?.kind !== alarm.kind;
    this.#alarm = alarm;
    if (!isNew) return;
    try {
      await tell({ who: null, what: "feed-alarm", detail: alarm.fault.message });
      await store.change((kept) => ({ ...kept, alarm }));
    } catch (error) {
      this.#fault = toFault(error); // the owners are told as long as this process lives
    }
  }

  #drop(): void {
    this.#round = null;
    this.#options.store.dropSeen();
  }

  #finish(): void {
    this.#goal = null;
    this.#sendFrom();
    this.#options.onChange();
  }

  #sendFrom(): void {
    this.#options.send({ type: "feed-from", size: this.from });
  }
}

function withoutKeys(): Fault {
  return new Fault("invalid", "the portal's keys are not set", {
    hint: "set portal.logKey and portal.registrarKey as the portal publishes them",
  });
}

/** "12 new entries: 2 concern this house, 9 not-matched, 1 radius-too-small". */
function wordsOf(entries: number, { counts, effects }: Learned): string {
  const found = effects.filter(({ type }) => type === "found").length;
  const others = Object.entries(counts).map(([code, count]) => `${count} ${code}`);
  return [`${entries} new entries: ${found} near this house`, ...others].join(", ");
}
