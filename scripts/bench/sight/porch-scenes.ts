/**
 * Porch scenes: a minute of the simulated porch for every cause of false or missed motion.
 *
 * Small pictures (640x360): motion's grid is the same at any size, and drawing is most of the time.
 */
import { newPicture } from "../../../hal/sim/picture.ts";
import { createPorch, type Porch } from "../../../hal/sim/porch/porch.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";
import { troubles } from "../../../hal/sim/porch/trouble/list.ts";
import type { RawFrame } from "../../../hal/frame.ts";
import { porchFps } from "../clip.ts";
import type { Labels } from "./labels.ts";
import { showTo } from "./show.ts";
import type { Watcher } from "./watcher.ts";

export interface PorchScene {
  readonly id: string;
  readonly settings: PorchSettings;
}

const size = { width: 640, height: 360 };
/** Two visitors come: one passes the gate at 8 s, the other about half a minute later. */
const sceneMs = 60_000;
const busy = { visitorsPerHour: 120, light: "day" } as const;
const ofTheNight: ReadonlySet<string> = new Set(["headlights", "lamp", "insects", "infrared", "noise"]);

export const porchScenes: readonly PorchScene[] = [
  { id: "day", settings: busy },
  { id: "dusk", settings: { ...busy, light: "dusk" } },
  { id: "night", settings: { ...busy, light: "night" } },
  { id: "rain", settings: { ...busy, rain: "on" } },
  { id: "rain-night", settings: { ...busy, light: "night", rain: "on" } },
  ...troubles.map((trouble): PorchScene => {
    const light = ofTheNight.has(trouble) ? "night" : "day";
    return { id: trouble, settings: { ...busy, light, trouble } };
  }),
  ...(["close", "slow", "still", "dark", "running", "far"] as const).map((visitor): PorchScene => {
    return { id: `visitor-${visitor}`, settings: { ...busy, visitor } };
  }),
  { id: "visitor-close-night", settings: { ...busy, light: "night", visitor: "close" } },
];

export interface PlayedScene {
  readonly labels: Labels;
  readonly evidence: readonly (readonly number[])[];
}

export async function watchPorch(
  { id, settings }: PorchScene,
  watchers: readonly Watcher[],
): Promise<PlayedScene> {
  return watchSpan({ id, porch: createPorch(settings, size), fromMs: 0, toMs: sceneMs }, watchers);
}

export interface PorchSpan {
  readonly id: string;
  readonly porch: Porch;
  readonly fromMs: number;
  readonly toMs: number;
}

export async function watchSpan(span: PorchSpan, watchers: readonly Watcher[]): Promise<PlayedScene> {
  const scene = { ...size, fps: porchFps, shape: porchPolicy, frames: framesOf(span) };
  const watched = await showTo(watchers, scene);
  return { labels: labelsOf(span), evidence: watched.map(({ evidence }) => evidence) };
}

export function* framesOf({ porch, fromMs, toMs }: Omit<PorchSpan, "id">): Generator<RawFrame> {
  const picture = newPicture(porch);
  for (let sequence = 0; ; sequence += 1) {
    const intoMs = (sequence * 1_000) / porchFps;
    if (fromMs + intoMs >= toMs) return;
    porch.render(fromMs + intoMs, picture);
    yield { ...picture, ptsUs: Math.round(intoMs * 1_000), sequence };
  }
}

function labelsOf({ id, porch, fromMs, toMs }: PorchSpan): Labels {
  const { positive, ignore } = porch.motionTruth(fromMs, toMs);
  const seconds = (span: { readonly fromMs: number; readonly toMs: number }): [number, number] => [
    (span.fromMs - fromMs) / 1_000,
    (span.toMs - fromMs) / 1_000,
  ];
  const frames = Math.floor(((toMs - fromMs) * porchFps) / 1_000);
  return { id, fps: porchFps, frames, positive: positive.map(seconds), ignore: ignore.map(seconds) };
}
