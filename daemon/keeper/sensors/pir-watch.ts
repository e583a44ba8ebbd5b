/**
 * PIR watch: does the PIR behave like a sensor that sees people? Pure but for the times it is given.
 *
 * It is compared with who is known to have been there (presses) and with what the picture saw, over the last day:
 *
 *   dead      people were close, again and again, and its output never stirred
 *   stuck     active for longer without a break than any sensor holds
 *   inverted  active nearly always, and off for moments: the wiring is the other way round
 *   flutter   edge after edge while nothing at all changed in the picture
 *
 * A day on which nobody comes says nothing: silence alone is no sign. Nothing is remembered over a restart, so that a
 * verdict always rests on what was seen since; every one ends by itself when the sensor behaves again.
 */
export const pirTroubles = ["dead", "stuck", "inverted", "flutter"] as const;
export type PirTrouble = (typeof pirTroubles)[number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Presses in a row, or comings close to the lens, that a sensor must have slept through. */
const deadPresses = 3;
const deadComings = 6;
/** Whoever presses or comes again within this time is the same. */
const sameVisitMs = 5 * minuteMs;
/** A web before the lens is close too, and no sensor sees it: comings alone count over half a day only. */
const deadComingsMs = 12 * hourMs;
/** The sensor may see a visitor before or after the picture does. */
const nearbyMs = minuteMs;

const stuckMs = hourMs;

const invertedWatchedMs = 3 * hourMs;
const invertedShare = 0.85;
const invertedFalls = 3;

const flutterWatchedMs = 6 * hourMs;
const flutterEdges = 60;
const flutterShare = 0.95;
/** Movement in the picture so close to an edge belongs to it. */
const sharedMs = 20_000;

const mostKept = 4_096;

interface Span {
  readonly fromMs: number;
  /** Infinity = still. */
  toMs: number;
}

export class PirWatch {
  /** When it began to be watched; null = there is no sensor. */
  #sinceMs: number | null = null;
  #active: Span[] = [];
  #lastEdgeMs: number | null = null;
  /** Who came since the last edge: when he was told first. */
  #presses: number[] = [];
  #comings: number[] = [];
  /** Movement in the picture, and when it was looked at. */
  #moved: number[] = [];
  #lookedMs = 0;
  #lastLookMs: number | null = null;
  #lastDay = 0;

  opened(active: boolean, nowMs: number): void {
    this.lost();
    this.#sinceMs = nowMs;
    if (active) this.#active.push({ fromMs: nowMs, toMs: Infinity });
  }

  lost(): void {
    this.#sinceMs = null;
    this.#active = [];
    this.#lastEdgeMs = null;
    this.#presses = [];
    this.#comings = [];
    this.#moved = [];
    this.#lookedMs = 0;
    this.#lastLookMs = null;
  }

  edge(active: boolean, nowMs: number): void {
    if (this.#sinceMs === null) return;
    this.#lastEdgeMs = nowMs;
    this.#presses = [];
    this.#comings = [];
    const last = this.#active.at(-1);
    if (last !== undefined && last.toMs === Infinity) last.toMs = nowMs;
    if (active) this.#active.push({ fromMs: nowMs, toMs: Infinity });
    this.#forget(nowMs);
  }

  press(nowMs: number): void {
    if (this.#isSilent(nowMs)) addVisit(this.#presses, nowMs);
  }

  /** Once in a while: did anything move in the picture since, and close to the lens? Null = nobody looks. */
  look(seen: { readonly moved: boolean; readonly close: boolean } | null, nowMs: number): void {
    const before = this.#lastLookMs;
    this.#lastLookMs = seen === null ? null : nowMs;
    if (seen === null) return;
    if (before !== null)
      this.#lookedMs = Math.min(dayMs, this.#lookedMs + Math.min(minuteMs, nowMs - before));
    if (seen.moved && nowMs - (this.#moved.at(-1) ?? -Infinity) >= 1_000) this.#moved.push(nowMs);
    if (seen.close && this.#isSilent(nowMs)) addVisit(this.#comings, nowMs);
    this.#forget(nowMs);
  }

  /** Null = nothing is wrong, or nothing can be said. */
  troubleAt(nowMs: number): PirTrouble | null {
    if (this.#sinceMs === null) return null;
    if (this.#isInverted(nowMs)) return "inverted";
    const last = this.#active.at(-1);
    if (last !== undefined && last.toMs === Infinity && nowMs - last.fromMs >= stuckMs) return "stuck";
    if (this.#isDead(nowMs)) return "dead";
    return this.#flutters(nowMs) ? "flutter" : null;
  }

  /** Nothing of it for a minute, and nothing now. */
  #isSilent(nowMs: number): boolean {
    if (this.#sinceMs === null || this.#active.at(-1)?.toMs === Infinity) return false;
    return this.#lastEdgeMs === null || nowMs - this.#lastEdgeMs >= nearbyMs;
  }

  /** Who came last may still be seen. */
  #isDead(nowMs: number): boolean {
    const past = (times: readonly number[]): number[] => times.filter((atMs) => nowMs - atMs >= nearbyMs);
    const comings = past(this.#comings);
    if (past(this.#presses).length >= deadPresses) return true;
    const silentMs = nowMs - (this.#lastEdgeMs ?? this.#sinceMs ?? nowMs);
    return comings.length >= deadComings && silentMs >= deadComingsMs;
  }

  #isInverted(nowMs: number): boolean {
    const watchedMs = Math.min(dayMs, nowMs - (this.#sinceMs ?? nowMs));
    const falls = this.#active.filter(({ toMs }) => toMs <= nowMs).length;
    if (watchedMs < invertedWatchedMs || falls < invertedFalls) return false;
    const activeMs = this.#active.reduce(
      (sum, { fromMs, toMs }) => sum + Math.min(nowMs, toMs) - Math.max(nowMs - dayMs, fromMs),
      0,
    );
    return activeMs >= invertedShare * watchedMs;
  }

  #flutters(nowMs: number): boolean {
    if (this.#lookedMs < flutterWatchedMs) return false;
    const done = this.#active.filter(({ toMs }) => toMs <= nowMs - sharedMs);
    if (done.length < flutterEdges) return false;
    const alone = done.filter(
      ({ fromMs, toMs }) => !this.#moved.some((atMs) => atMs >= fromMs - sharedMs && atMs <= toMs + sharedMs),
    );
    return alone.length >= flutterShare * done.length;
  }

  #forget(nowMs: number): void {
    const day = Math.floor(nowMs / hourMs);
    if (day === this.#lastDay && this.#active.length < mostKept && this.#moved.length < 8 * mostKept) return;
    this.#lastDay = day;
    this.#active = this.#active.filter(({ toMs }) => toMs > nowMs - dayMs).slice(-mostKept / 2);
    this.#moved = this.#moved.filter((atMs) => atMs > nowMs - dayMs).slice(-4 * mostKept);
  }
}

function addVisit(visits: number[], nowMs: number): void {
  if (nowMs - (visits.at(-1) ?? -Infinity) >= sameVisitMs) visits.push(nowMs);
}
