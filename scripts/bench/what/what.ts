/**
 * Benchmark group `what`: days of the simulated porch through the doorbell's own pipeline with the shipped model, as
 * `sill replay` plays a video; what was told beside what happened.
 */
import { settingsSchema } from "../../../config/schema.ts";
import { withDetector } from "../../../daemon/cli/models/try-out.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";
import type { Detector } from "../../../models/detector.ts";
import { loadModel, shippedName } from "../../../models/load.ts";
import { runPorch, type RunEvent } from "../../rigs/porch-run.ts";
import { figure, type Figure } from "../figure.ts";
import { sceneCost } from "./scenes.ts";
import { asked, scoreDay, sumOf, type Asked, type DayScore, type ToldEvent } from "./score.ts";
import { truthOf } from "./truth.ts";

const size = { width: 1280, height: 720 };
const fps = 8;

interface Day {
  readonly name: string;
  readonly settings: PorchSettings;
  readonly fromMs: number;
  readonly toMs: number;
  /** Nobody hears who rings. */
  readonly unheard?: boolean;
}

/** From the late morning into the night; callers and couriers, then those who stand at the door unheard. */
export function daysOf(seeds: readonly number[]): Day[] {
  return [
    ...seeds.map((seed): Day => ({ name: `seed ${seed}`, settings: { seed }, fromMs: 0, toMs: 600_000 })),
    ...seeds.slice(0, 1).map((seed): Day => ({
      name: `seed ${seed}, unheard`,
      settings: { seed, visitor: "still", visitorsPerHour: 30, light: "day", rain: "off" },
      fromMs: 0,
      toMs: 480_000,
      unheard: true,
    })),
  ];
}

const goals: Readonly<Record<Asked, number>> = {
  person: 0.95,
  "one-event": 0.9,
  animal: 0.8,
  crossed: 0.95,
  "parcel-left": 0.8,
  "parcel-taken": 0.7,
  waiting: 0.95,
  loitering: 0.95,
};

/** As a doorbell has it, but that an answer may take long on a busy machine. */
const settings = settingsSchema.parse({ what: { timeoutMs: 20_000 } });

export async function benchWhat(note: (line: string) => void): Promise<Figure[]> {
  const model = await loadModel(shippedName, { own: "" });
  const scores = await withDetector(model, settings, async (detector) => {
    const all: DayScore[] = [];
    for (const day of daysOf([1, 2, 3, 4])) all.push(await playDay(day, detector, note));
    return all;
  });
  const { tallies, falseHappenings, falseLabels } = sumOf(scores);
  return [
    ...asked.map((what) => {
      const { told, of } = tallies[what];
      // of nothing that happened nothing can be said
      const goal = of === 0 ? null : goals[what];
      return figure(`what.${what}`, told / of, { unit: `of ${of}`, goal, atLeast: true });
    }),
    figure("what.false-happenings", falseHappenings, { unit: "", goal: 2 }),
    figure("what.false-labels", falseLabels, { unit: "", goal: 5 }),
    figure("what.scene", sceneCost(size), { unit: "ms CPU", goal: 2 }),
  ];
}

export async function playDay(day: Day, detector: Detector, note: (line: string) => void): Promise<DayScore> {
  const { name, settings: porchSettings, fromMs, toMs, unheard = false } = day;
  const porch = createPorch(porchSettings, size);
  const { events } = await runPorch(porch, detector, { fromMs, toMs, fps, deaf: unheard });
  const score = scoreDay(truthOf(porch, { fromMs, toMs }, unheard), events.map(toldOf));
  const said = asked.map((what) => `${what} ${score.tallies[what].told}/${score.tallies[what].of}`);
  note(`  ${name}: ${said.join(", ")}, false ${score.falseHappenings} + ${score.falseLabels}`);
  for (const line of score.notes) note(`    ${line}`);
  return score;
}

function toldOf({ startMs, endMs, what }: RunEvent): ToldEvent {
  return {
    startMs,
    endMs,
    labels: (what?.what ?? []).map(({ label }) => label),
    happenings: (what?.happenings ?? []).map(({ kind, wallMs }) => ({ kind, atMs: wallMs })),
  };
}
