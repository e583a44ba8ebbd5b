/**
 * DraftGauges: the limits beside a request that is still being written: what is not said yet is neither kept nor
 * broken. Pure.
 */
import { gaugesOf, type Gauge } from "../request/gauges.ts";
import { numberOf, timeOf, type Draft } from "./draft.ts";
import { deskWords } from "./words.ts";

const dayMs = 86_400_000;

export interface DraftGauge extends Omit<Gauge, "ok"> {
  /** Null = not said yet. */
  readonly ok: boolean | null;
}

export function draftGauges(draft: Draft, nowMs: number): DraftGauge[] {
  const [from, to] = [timeOf(draft.from), timeOf(draft.to)];
  const [radiusM, lifeDays, keepDays] = [
    numberOf(draft.radiusM),
    numberOf(draft.lifeDays),
    numberOf(draft.keepDays),
  ];
  const said: Readonly<Record<Gauge["id"], boolean>> = {
    radius: radiusM !== null,
    window: from !== null && to !== null,
    past: to !== null,
    age: from !== null,
    life: lifeDays !== null,
    keep: keepDays !== null,
  };
  const measured = gaugesOf({
    area: { lat: 0, lon: 0, radiusM: radiusM ?? 0 },
    window: { from: from ?? 0, to: to ?? 0 },
    issuedAt: nowMs,
    expiresAt: nowMs + (lifeDays ?? 0) * dayMs,
    keepDays: keepDays ?? 0,
  });
  return measured.map((gauge) =>
    said[gauge.id] ? gauge : { ...gauge, value: deskWords.compose.notSaid, ok: null },
  );
}
