/**
 * Score: what was told of a day beside what happened. Pure.
 *
 * A coming is told where an event of its time says so. What was told and nobody did is false. Each event tells a happening
 * once: of two couriers in one event one telling is enough.
 */
import type { Label } from "../../../models/labels.ts";
import type { HappeningKind } from "../../../daemon/wire/what.ts";
import type { Case, DayTruth, Span } from "./truth.ts";

export interface ToldEvent {
  readonly startMs: number;
  readonly endMs: number;
  readonly labels: readonly Label[];
  readonly happenings: readonly { readonly kind: HappeningKind; readonly atMs: number }[];
}

export interface Tally {
  readonly told: number;
  readonly of: number;
}

export const asked = [
  "person",
  "one-event",
  "animal",
  "crossed",
  "parcel-left",
  "parcel-taken",
  "waiting",
  "loitering",
] as const;
export type Asked = (typeof asked)[number];

export interface DayScore {
  readonly tallies: Readonly<Record<Asked, Tally>>;
  /** Happenings that nobody did, and labels of nobody who was there. */
  readonly falseHappenings: number;
  readonly falseLabels: number;
  /** For people: what was missed or made up, and when. */
  readonly notes: readonly string[];
}

/** A moment sooner or later is the same. */
const slackMs = 2_000;
/** That a parcel is gone shows when whoever took it is gone too. */
const takenMs = 60_000;

export function scoreDay(truth: DayTruth, events: readonly ToldEvent[]): DayScore {
  const notes: string[] = [];
  const { people, animals, parcels, unheard } = truth;
  const of = (span: Span): ToldEvent[] => events.filter((event) => meets(event, span));
  const has = (span: Span, label: Label): boolean => of(span).some(({ labels }) => labels.includes(label));
  const told = (kind: HappeningKind, span: Span): boolean =>
    events.some(({ happenings }) =>
      happenings.some((one) => one.kind === kind && within(one.atMs, spanOf(kind, span))),
    );
  const tally = (what: Asked, all: readonly Case[], is: (one: Case) => boolean): Tally => {
    const cases = all.filter(({ whole }) => whole);
    const missed = cases.filter((one) => !is(one));
    for (const { fromMs, toMs } of missed) notes.push(`missed ${what}, ${clock(fromMs)} - ${clock(toMs)}`);
    return { told: cases.length - missed.length, of: cases.length };
  };
  const standing = unheard ? people : [];
  const causes: Readonly<Record<HappeningKind, readonly Case[]>> = {
    crossed: people.filter(({ crosses }) => crosses),
    "parcel-left": parcels,
    "parcel-taken": parcels,
    waiting: standing,
    loitering: standing,
  };
  const happened = (kind: HappeningKind): Tally => tally(kind, causes[kind], (one) => told(kind, one));
  const tallies = {
    person: tally("person", people, (one) => has(one, "person")),
    "one-event": tally("one-event", people, (one) => of(one).length === 1),
    animal: tally("animal", animals, (one) => has(one, "animal")),
    crossed: happened("crossed"),
    "parcel-left": happened("parcel-left"),
    "parcel-taken": happened("parcel-taken"),
    waiting: happened("waiting"),
    loitering: happened("loitering"),
  };
  const falseHappenings = events.flatMap(({ happenings }) =>
    happenings.filter(({ kind, atMs }) => !causes[kind].some((cause) => within(atMs, spanOf(kind, cause)))),
  );
  const falseLabels = events.flatMap((event) =>
    event.labels.filter((label) => !isThere(label, event, truth)).map((label) => ({ label, ...event })),
  );
  for (const { kind, atMs } of falseHappenings) notes.push(`false ${kind}, ${clock(atMs)}`);
  for (const { label, startMs } of falseLabels) notes.push(`false ${label}, ${clock(startMs)}`);
  return { tallies, falseHappenings: falseHappenings.length, falseLabels: falseLabels.length, notes };
}

export function sumOf(scores: readonly DayScore[]): Omit<DayScore, "notes"> {
  const sum = (of: (score: DayScore) => number): number => scores.reduce((all, one) => all + of(one), 0);
  const tallyOf = (what: Asked): Tally => ({
    told: sum(({ tallies }) => tallies[what].told),
    of: sum(({ tallies }) => tallies[what].of),
  });
  return {
    tallies: {
      person: tallyOf("person"),
      "one-event": tallyOf("one-event"),
      animal: tallyOf("animal"),
      crossed: tallyOf("crossed"),
      "parcel-left": tallyOf("parcel-left"),
      "parcel-taken": tallyOf("parcel-taken"),
      waiting: tallyOf("waiting"),
      loitering: tallyOf("loitering"),
    },
    falseHappenings: sum(({ falseHappenings }) => falseHappenings),
    falseLabels: sum(({ falseLabels }) => falseLabels),
  };
}

function isThere(label: Label, event: ToldEvent, { people, animals, parcels }: DayTruth): boolean {
  if (label === "other") return true;
  const there: Readonly<Record<Exclude<Label, "other">, readonly Span[]>> = {
    person: people,
    animal: animals,
    parcel: parcels,
    vehicle: [],
  };
  return there[label].some((span) => meets(event, span));
}

function meets({ startMs, endMs }: Pick<ToldEvent, "startMs" | "endMs">, { fromMs, toMs }: Span): boolean {
  return startMs <= toMs + slackMs && endMs >= fromMs - slackMs;
}

/** When it may be told of what happened from..to. */
function spanOf(kind: HappeningKind, { fromMs, toMs }: Span): Span {
  return kind === "parcel-taken" ? { fromMs: toMs, toMs: toMs + takenMs } : { fromMs, toMs: toMs + slackMs };
}

function within(atMs: number, { fromMs, toMs }: Span): boolean {
  return atMs >= fromMs && atMs <= toMs;
}

function clock(ms: number): string {
  return `${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1_000).toFixed(1).padStart(4, "0")}`;
}
