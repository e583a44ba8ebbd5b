/**
 * The porch: from (settings, size, porch time) to a picture, byte for byte the same everywhere.
 *
 * A frame is: the stage under the light of the hour (a copy), lit windows, everybody with their
 * shadows from far to near with the bush and the rain between them, and the sensor's grain. `render`
 * writes into planes that the caller supplies (any stride); it keeps caches, but its result
 * depends on nothing except its arguments, in any order of calls.
 */
import { Fault } from "../../fault.ts";
import type { FrameGeometry, I420 } from "../../frame.ts";
import { growBush } from "./bush.ts";
import { Brush } from "./brush.ts";
import { createCanary } from "./canary.ts";
import { newCanvas } from "./canvas.ts";
import { paintShadows, strokesOf } from "./cast.ts";
import { Lens } from "./lens.ts";
import { lightAt } from "./light.ts";
import { hash } from "./math.ts";
import { plan } from "./plan.ts";
import { porchPolicy } from "./policy.ts";
import { lightIn, Scenery, viewAt } from "./scenery.ts";
import { type PorchScript, porchScript } from "./script.ts";
import { type MotionTruth, motionTruth } from "./scoring.ts";
import { completeSettings, type PorchSettings } from "./settings.ts";
import { stageOf } from "./stage.ts";
import { paintStamp } from "./stamp.ts";
import { exposureGain } from "./trouble/exposure.ts";
import { paintHeadlights } from "./trouble/headlights.ts";
import { switchGain } from "./trouble/infrared.ts";
import { paintInsects } from "./trouble/insects.ts";
import type { Trouble } from "./trouble/list.ts";
import { seenMs, strengthsAt } from "./trouble/program.ts";
import { paintNearSnow, paintSnow } from "./trouble/snow.ts";
import type { Troubled } from "./trouble/troubled.ts";
import { paintWeb } from "./trouble/web.ts";
import { bushGain, paintBranches } from "./trouble/wind.ts";
import { type Truth, truthAt, type TruthInterval, truthIntervals } from "./truth.ts";
import { sweepOf, vehicleLamps } from "./vehicle.ts";
import { paintRain, paintSweep } from "./weather.ts";
import { paintWindows } from "./windows.ts";

export interface Porch extends FrameGeometry {
  readonly script: PorchScript;
  /** The picture of a porch time; `wallMs` is what the stamp shows (settings.stamp). */
  render(tMs: number, into: I420, wallMs?: number): void;
  truth(tMs: number): Truth;
  truthIntervals(fromMs: number, toMs: number): TruthInterval[];
  /** What a motion detector is measured against. */
  motionTruth(fromMs: number, toMs: number): MotionTruth;
}

export const smallestSidePx = 16;

export function createPorch(settings: PorchSettings, geometry: FrameGeometry): Porch {
  const { width, height } = geometry;
  if (!(width >= smallestSidePx && height >= smallestSidePx)) {
    throw new Fault("invalid", `the porch cannot be drawn at ${width}x${height}; at least 16x16`);
  }
  const complete = completeSettings(settings);
  const { seed } = complete;
  const script = porchScript(complete);
  const stage = stageOf(seed, { width, height });
  const scenery = new Scenery(stage, complete);
  const lens = new Lens(stage);
  const canvas = newCanvas(stage);
  const brush = new Brush(canvas, stage);
  const bush = growBush(seed, stage);
  const canary = complete.canary ? createCanary(porchPolicy, stage) : null;
  const context = { script, settings: complete, brush };

  return {
    width,
    height,
    script,
    render(realMs, into, wallMs = 0) {
      const tMs = seenMs(complete, realMs);
      const strengths = strengthsAt(complete, tMs);
      const view = viewAt(complete, tMs);
      const light = lightIn(view, lightAt(complete, tMs));
      const troubled = (trouble: Trouble): Troubled => ({ seed, tMs, light, strength: strengths[trouble] });
      const frame = hash(seed, Math.round(tMs * 8), 0xf4a);
      scenery.paint(canvas, view, tMs);
      paintWindows(brush, stage.panes, seed, light);
      const actors = script.actorsAt(tMs).sort((a, b) => b.place.z - a.place.z);
      for (const actor of actors) paintShadows(brush, actor, scenery.lightOn(light, tMs, actor.place));
      let next = 0;
      const paintDownTo = (z: number): void => {
        for (let actor = actors[next]; actor !== undefined && actor.place.z >= z; actor = actors[next]) {
          const there = scenery.lightOn(light, tMs, actor.place);
          for (const stroke of strokesOf(actor, tMs, there)) brush.paint(stroke);
          if (actor.kind === "vehicle") vehicleLamps(brush, actor, light);
          next += 1;
        }
      };
      paintDownTo(plan.bush.z);
      bush.paint(
        brush,
        tMs,
        scenery.lightOn(light, tMs, { x: plan.bush.x, z: plan.bush.z }),
        bushGain(strengths.wind),
      );
      paintBranches(brush, troubled("wind"));
      paintDownTo(plan.porch.edgeZ);
      paintRain(brush, frame, light);
      paintSnow(brush, troubled("snow"));
      paintDownTo(0);
      for (const actor of actors) {
        const sweep = actor.kind === "vehicle" ? sweepOf(actor.place, light) : null;
        if (sweep !== null) paintSweep(brush, sweep);
      }
      paintHeadlights(brush, troubled("headlights"));
      paintWeb(brush, troubled("web"));
      paintInsects(brush, troubled("insects"));
      paintNearSnow(brush, troubled("snow"));
      const nearestM = Math.min(9, ...actors.map(({ place }) => place.z));
      const gain = exposureGain(troubled("exposure"), nearestM) * switchGain(complete, tMs);
      lens.show(canvas, into, { ...troubled("noise"), frame, strengths, gain, realMs });
      canary?.paint(into, tMs);
      if (complete.stamp) paintStamp(into, wallMs);
    },
    truth: (tMs) => truthAt(context, tMs),
    truthIntervals: (fromMs, toMs) => truthIntervals(context, fromMs, toMs),
    motionTruth: (fromMs, toMs) => motionTruth(context, fromMs, toMs),
  };
}
