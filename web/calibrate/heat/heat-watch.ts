/**
 * HeatWatch: the heat of the doorbell, judged by the draft at hand as it comes.
 *
 * One for the whole page: picture, chart and walk test look at the same verdicts. Components that paint
 * subscribe to `seen`; nothing renders per picture. A draft that changes is judged on the newest picture and on
 * the minute behind it at once.
 */
import { localMinuteOf } from "../../../daemon/sight/local-time.ts";
import type { Moment } from "../../../daemon/sight/rules.ts";
import type { Zones } from "../../../daemon/wire/api-household.ts";
import { decodeHeat, type HeatUnit } from "../../../daemon/wire/heat.ts";
import type { Frame } from "../../drawing/frame.ts";
import { openFeed, type FeedState } from "../../live/feed.ts";
import { socketUrl } from "../../state/api.ts";
import type { Home } from "../../state/home.ts";
import { createStore, type Store } from "../../state/store.ts";
import { areasOf, type Areas } from "./areas.ts";
import { asksOf } from "./asks.ts";
import { asksPerCell, judge, type Judged } from "./judge.ts";
import { scoreAt, withSample, type Sample } from "./trace.ts";

export interface HeatDraft {
  readonly zones: Zones;
  /** Counts where the zones say nothing. */
  readonly fallback: number;
  readonly frame: Frame;
}

export interface Seen extends Judged {
  readonly unit: HeatUnit;
  readonly areas: Areas;
  /** Least level that fires, per cell. */
  readonly asks: Uint8Array;
}

export class HeatWatch {
  readonly state: Store<FeedState> = createStore<FeedState>("connecting");
  readonly seen: Store<Seen | null> = createStore<Seen | null>(null);
  readonly #home: Home;
  #draft: HeatDraft | null = null;
  #areas: Areas | null = null;
  #trace: readonly Sample[] = [];

  constructor(home: Home) {
    this.#home = home;
  }

  get trace(): readonly Sample[] {
    return this.#trace;
  }

  get areas(): Areas | null {
    return this.#areas;
  }

  /** Returns what ends it. */
  start(): () => void {
    const feed = openFeed({
      url: socketUrl("/api/heat"),
      clock: this.#home.clock,
      onUnit: (bytes) => {
        this.#take(decodeHeat(bytes));
        return true;
      },
      onState: (state) => {
        this.state.set(state);
        if (state !== "open") this.seen.set(null);
      },
    });
    return () => {
      feed.close();
      this.seen.set(null);
      this.#trace = [];
    };
  }

  setDraft(draft: HeatDraft): void {
    this.#draft = draft;
    const unit = this.seen.get()?.unit;
    if (unit !== undefined) this.seen.set(this.#judge(unit, draft));
  }

  /** Of a sample of the trace, by the present draft. */
  scoreOf(sample: Sample): number {
    return scoreAt(sample, (when) => this.#asks(when));
  }

  #take(unit: HeatUnit): void {
    if (this.#draft === null) return;
    const seen = this.#judge(unit, this.#draft);
    this.#trace = withSample(this.#trace, { ...whenOf(unit), wallMs: unit.wallMs, most: seen.most });
    this.seen.set(seen);
  }

  #judge(unit: HeatUnit, { zones, frame }: HeatDraft): Seen {
    const areas = areasOf(unit, { zones: zones.zones, frame }, this.#areas);
    if (areas !== this.#areas) this.#trace = []; // of other areas
    this.#areas = areas;
    const asks = this.#asks(whenOf(unit));
    return { ...judge(unit, areas, asks), unit, areas, asks: asksPerCell(areas, asks) };
  }

  #asks(when: Moment): number[] {
    if (this.#draft === null || this.#areas === null) return [];
    const { zones, fallback } = this.#draft;
    return asksOf(zones, { names: this.#areas.each.map(({ name }) => name), fallback, when });
  }
}

function whenOf({ light, wallMs }: HeatUnit): Moment {
  return { light, minute: localMinuteOf(wallMs) };
}
