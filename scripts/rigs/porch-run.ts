/**
 * Run: the eye's own pipeline over a stretch of the porch, and what it said of every event; recordings where they are wanted.
 */
import { settingsSchema } from "../../config/schema.ts";
import { buildPipeline, type ClipOutput } from "../../daemon/eye/build.ts";
import { Stages } from "../../daemon/eye/stages.ts";
import type { EventWhat } from "../../daemon/wire/what.ts";
import { newPicture } from "../../hal/sim/picture.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";
import type { Porch } from "../../hal/sim/porch/porch.ts";
import type { Detector } from "../../models/detector.ts";

export interface RunEvent {
  readonly event: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The last word on it; null = there was none. */
  readonly what: EventWhat | null;
  /** As the event began, and all of them when it was over. */
  readonly zones: readonly [first: readonly string[], all: readonly string[]];
  /** As they were told while it went on. */
  readonly later: readonly string[];
  /** Of its recording; null = there was none. */
  readonly clip: string | null;
  /** How often something was said. */
  readonly said: number;
}

export interface RunOptions {
  readonly fromMs: number;
  readonly toMs: number;
  readonly fps?: number;
  /** The button is not connected: whoever rings is not heard. */
  readonly deaf?: boolean;
  /** Who hears what is said; may fail. */
  readonly heard?: () => void;
  readonly settings?: Record<string, unknown>;
  /** Absent = nothing is recorded. */
  readonly clips?: ClipOutput;
}

export interface Run {
  readonly events: readonly RunEvent[];
  readonly stages: Stages;
  readonly frames: number;
}

export async function runPorch(
  porch: Porch,
  detector: Detector | null,
  { fromMs, toMs, fps = 10, deaf = false, heard, settings = {}, clips }: RunOptions,
): Promise<Run> {
  const stages = new Stages();
  const events = new Map<string, RunEvent>();
  let ids = 0;
  const { pipeline, output } = await buildPipeline({
    size: porch,
    fps,
    settings: settingsSchema.parse(settings),
    shape: porchPolicy,
    stages,
    clips: clips ?? null,
    detector,
    newId: () => `event-${String((ids += 1)).padStart(4, "0")}`,
    wallMsAt: (ptsUs) => ptsUs / 1_000,
    report: (message) => {
      if (message.type === "event-opened") {
        const { event, startWallMs: startMs, zones } = message;
        events.set(event, {
          event,
          startMs,
          endMs: startMs,
          what: null,
          zones: [zones, zones],
          later: zones,
          clip: null,
          said: 0,
        });
      }
      if (message.type === "event-what") heard?.();
      if (message.type === "event-what")
        change(message.event, (known) => ({ ...known, what: message, said: known.said + 1 }));
      if (message.type === "clip-opened")
        for (const event of message.events) change(event, (known) => ({ ...known, clip: message.clip }));
      if (message.type === "event-zones")
        change(message.event, (known) => ({ ...known, later: message.zones }));
      if (message.type === "event-closed")
        change(message.event, (known) => ({
          ...known,
          endMs: message.endWallMs,
          zones: [known.zones[0], message.zones],
        }));
    },
  });
  function change(event: string, how: (known: RunEvent) => RunEvent): void {
    const known = events.get(event);
    if (known !== undefined) events.set(event, how(known));
  }
  const picture = newPicture(porch);
  let frames = 0;
  for (let tMs = fromMs; tMs < toMs; tMs = fromMs + Math.round((frames * 1_000) / fps)) {
    porch.render(tMs, picture);
    pipeline.handle({ ...picture, ptsUs: tMs * 1_000, sequence: frames });
    await pipeline.looked();
    frames += 1;
    const rings = deaf ? [] : porch.script.presses(tMs, tMs + 1_000 / fps);
    for (const _ of rings) pipeline.press(`ring-${frames}-0000`);
  }
  await pipeline.end("stopped");
  await output?.encoder.close();
  await clips?.queue.idle();
  return { events: [...events.values()], stages, frames };
}
