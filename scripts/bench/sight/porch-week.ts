/**
 * Porch week: seven days of the simulated porch (20 minutes each) with every trouble in turn, showers and
 * visitors of every kind; before ours alone.
 */
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import type { Span } from "./labels.ts";
import { ours } from "./ours.ts";
import { watchSpan } from "./porch-scenes.ts";
import { falseStartsS, scoreOf, sumOf, type Score } from "./score.ts";

const dayMs = 1_200_000;
const size = { width: 640, height: 360 };

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
}

export interface Week {
  readonly score: Score;
  /** Visitors who come up to the lens. */
  readonly close: { readonly visitors: number; readonly missed: number };
}

export async function porchWeek(note: (line: string) => void, days = 7): Promise<Week> {
  const porch = createPorch({ seed: 1, trouble: "all", visitor: "any" }, size);
  const scores: Score[] = [];
  let close = { visitors: 0, missed: 0 };
  for (let day = 0; day < days; day += 1) {
    const [fromMs, toMs] = [day * dayMs, (day + 1) * dayMs];
    const { labels, evidence } = await watchSpan({ id: `day ${day + 1}`, porch, fromMs, toMs }, [ours]);
    const fired = (evidence[0] ?? []).map((value) => value > 0);
    const score = scoreOf(fired, labels);
    note(`    day ${day + 1}: ${score.found} of ${score.events} found, ${score.falseEvents} false`);
    const truth = porch.motionTruth(fromMs, toMs);
    for (const { manner, ...span } of truth.positive) {
      const seconds: Span = [(span.fromMs - fromMs) / 1_000, (span.toMs - fromMs) / 1_000];
      const { events, found } = scoreOf(fired, { ...labels, positive: [seconds] });
      if (found < events) note(`      missed: ${manner}, ${clockOf(seconds[0])}`);
      if (manner === "close")
        close = { visitors: close.visitors + events, missed: close.missed + events - found };
    }
    for (const startS of falseStartsS(fired, labels)) {
      const atMs = fromMs + startS * 1_000;
      const why = truth.troubles.filter((span) => span.fromMs <= atMs && atMs < span.toMs);
      note(
        `      false: ${why.map(({ trouble }) => trouble).join(", ") || "no trouble"}, ${clockOf(startS)}`,
      );
    }
    scores.push(score);
  }
  return { score: sumOf(scores), close };
}
