/**
 * Porch week: seven days of the simulated porch (20 minutes each) with every trouble in turn, showers and
 * visitors of every kind; before ours alone.
 */
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import { ours } from "./ours.ts";
import { watchSpan } from "./porch-scenes.ts";
import { scoreOf, sumOf, type Score } from "./score.ts";

const dayMs = 1_200_000;
const days = 7;
const size = { width: 640, height: 360 };

export interface Week {
  readonly score: Score;
  /** Visitors who come up to the lens. */
  readonly close: { readonly visitors: number; readonly missed: number };
}

export async function porchWeek(note: (line: string) => void): Promise<Week> {
  const porch = createPorch({ seed: 1, trouble: "all", visitor: "any" }, size);
  const scores: Score[] = [];
  let close = { visitors: 0, missed: 0 };
  for (let day = 0; day < days; day += 1) {
    const [fromMs, toMs] = [day * dayMs, (day + 1) * dayMs];
    const { labels, evidence } = await watchSpan({ id: `day ${day + 1}`, porch, fromMs, toMs }, [ours]);
    const fired = (evidence[0] ?? []).map((value) => value > 0);
    const score = scoreOf(fired, labels);
    const near = porch.motionTruth(fromMs, toMs).positive.filter(({ manner }) => manner === "close");
    const positive = near.map((span): [number, number] => [
      (span.fromMs - fromMs) / 1_000,
      (span.toMs - fromMs) / 1_000,
    ]);
    const { events, found } = scoreOf(fired, { ...labels, positive });
    close = { visitors: close.visitors + events, missed: close.missed + events - found };
    note(`    day ${day + 1}: ${score.found} of ${score.events} found, ${score.falseEvents} false`);
    scores.push(score);
  }
  return { score: sumOf(scores), close };
}
