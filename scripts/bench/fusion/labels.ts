/**
 * Labels: whom the model takes for a person, with the porch's honest PIR and without one, by the doorbell's own table.
 *
 * Each scene goes through the doorbell's own pipeline with the shipped model; then every event is judged twice: as in a house
 * without a sensor, and with what this one said. An event is right when somebody was there in it. `unnamed`: nobody is told
 * a name, only that something moves.
 */
import { settingsSchema } from "../../../config/schema.ts";
import { withDetector } from "../../../daemon/cli/models/try-out.ts";
import type { PirSays } from "../../../daemon/sight/fusion.ts";
import { isCertain, pirBeforeMs } from "../../../daemon/sight/label-fusion.ts";
import type { Believed } from "../../../daemon/sight/what/belief.ts";
import { createPorch, type Porch } from "../../../hal/sim/porch/porch.ts";
import type { Detector } from "../../../models/detector.ts";
import { loadModel, shippedName } from "../../../models/load.ts";
import { runPorch, type RunEvent } from "../../rigs/porch-run.ts";
import { figure, type Figure } from "../figure.ts";
import { sceneMs, scenesOf, seeds, type PairedPlan } from "./scenes.ts";

type Note = (line: string) => void;

const size = { width: 640, height: 360 };
const fps = 8;
/** Half a leg, a shadow: somebody was there. */
const marginMs = 1_500;
const settings = settingsSchema.parse({ what: { timeoutMs: 20_000 } });

export interface LabelledEvent {
  readonly scene: string;
  readonly said: readonly (Believed & { readonly near: boolean })[];
  readonly pir: PirSays;
  /** Somebody was there. */
  readonly isPerson: boolean;
}

interface Tally {
  readonly right: number;
  readonly wrong: number;
}

/** No threshold, as at first; and one that a house might set, which a sensor softens. */
const thresholds = [0, 0.75] as const;

export async function labelFigures(note: Note): Promise<Figure[]> {
  const events = await playLabelled(seeds.flatMap((seed) => scenesOf(seed)));
  const people = events.filter(({ isPerson }) => isPerson).length;
  note(`  labels: ${events.length} events, in ${people} of which somebody was there`);
  return thresholds.flatMap((threshold) => {
    const [without, asked] = [tallyOf(events, { threshold }), tallyOf(events, { threshold, pir: true })];
    const name = `fusion.labels.from${threshold * 100}`;
    return [
      figure(`${name}.picture`, without.right, { unit: inWords(without, people) }),
      figure(`${name}.both`, asked.right, { unit: inWords(asked, people) }),
    ];
  });
}

export async function playLabelled(plans: readonly PairedPlan[]): Promise<LabelledEvent[]> {
  const model = await loadModel(shippedName, { own: "" });
  return withDetector(model, settings, async (detector) => {
    const all: LabelledEvent[] = [];
    for (const plan of plans) all.push(...(await played(plan, detector)));
    return all;
  });
}

async function played(
  { id, settings: porchSettings }: PairedPlan,
  detector: Detector,
): Promise<LabelledEvent[]> {
  const porch = createPorch(porchSettings, size);
  const { from: fromMs, to: toMs } = sceneMs;
  const { events } = await runPorch(porch, detector, { fromMs, toMs, fps });
  const { positive } = porch.motionTruth(fromMs, toMs);
  return events.map((event) => ({
    scene: id,
    said: (event.what?.what ?? []).map(({ label, score, near }) => ({ label, score, near: near === true })),
    pir: pirOf(porch, event),
    isPerson: positive.some(
      (span) => span.fromMs - marginMs < event.endMs && event.startMs < span.toMs + marginMs,
    ),
  }));
}

function pirOf({ script }: Porch, { startMs, endMs }: Pick<RunEvent, "startMs" | "endMs">): PirSays {
  const sinceMs = startMs - pirBeforeMs;
  const moved = script.pirActiveAt(sinceMs) || script.pirEdges(sinceMs, endMs).some(({ active }) => active);
  return moved ? "moved" : "silent";
}

interface House {
  readonly threshold: number;
  /** It has a sensor. */
  readonly pir?: boolean;
}

/** Events that are told as a person. */
export function tallyOf(events: readonly LabelledEvent[], { threshold, pir: hasPir = false }: House): Tally {
  const told = events.filter(({ said, pir }) =>
    said.some((each) => {
      const circumstances = { pir: hasPir ? pir : "unknown", near: each.near } as const;
      return each.label === "person" && isCertain(each, threshold, circumstances);
    }),
  );
  const right = told.filter(({ isPerson }) => isPerson).length;
  return { right, wrong: told.length - right };
}

function inWords({ right, wrong }: Tally, people: number): string {
  return `${right} of ${people}, ${wrong} false`;
}
