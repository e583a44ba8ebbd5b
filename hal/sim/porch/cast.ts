/**
 * Cast: everybody of a moment as strokes, from far to near, with their shadows.
 */
import type { Brush, Stroke } from "./brush.ts";
import { catStrokes } from "./cat.ts";
import type { Light } from "./light.ts";
import { litAt } from "./lamps.ts";
import { parcelSize, parcelStrokes } from "./parcel.ts";
import { personStrokes } from "./person.ts";
import { canvasX, canvasY, groundM, plan, surfaceY, view } from "./plan.ts";
import type { Actor } from "./script.ts";
import { suns } from "./shade.ts";
import { paintShadow } from "./shadow.ts";
import { Limb, Oval } from "./shape.ts";
import { thingStrokes } from "./thing.ts";
import { vehicleStrokes } from "./vehicle.ts";
import { lookOf } from "./wardrobe.ts";

export function strokesOf(actor: Actor, tMs: number, light: Light): Stroke[] {
  const { x, z } = actor.place;
  switch (actor.kind) {
    case "person":
      return personStrokes(actor, lookOf(actor.look, actor.role), litAt(light, x, surfaceY(z) + 1.1, z));
    case "vehicle":
      return vehicleStrokes(actor, litAt(light, x, 0.8, z - 1));
    case "thing":
      return thingStrokes(actor, litAt(light, x, surfaceY(z) + 0.5, z));
    case "animal":
      return catStrokes(actor, tMs, litAt(light, x, surfaceY(z) + 0.2, z));
    case "parcel":
      return parcelStrokes(actor.look, { x, y: surfaceY(z), z }, litAt(light, x, surfaceY(z) + 0.15, z));
  }
}

interface Footprint {
  readonly halfX: number;
  readonly halfZ: number;
  readonly height: number;
}

function footprintOf(actor: Actor): Footprint {
  switch (actor.kind) {
    case "person":
      return { halfX: 0.26, halfZ: 0.2, height: 1.55 };
    case "vehicle":
      return { halfX: 2.1, halfZ: 0.9, height: 1.1 };
    case "thing":
      return { halfX: actor.what === "bin" ? 0.3 : 0.6, halfZ: 0.16, height: 0.8 };
    case "animal":
      return { halfX: 0.22, halfZ: 0.12, height: 0.26 };
    case "parcel": {
      const { halfX, depth, height } = parcelSize(actor.look);
      return { halfX: halfX + 0.05, halfZ: depth / 2 + 0.03, height };
    }
  }
}

/** Contact shadow from the sky and a cast one from each sun that shines. */
export function paintShadows(brush: Brush, actor: Actor, light: Light): void {
  const { x, z } = actor.place;
  const { halfX, halfZ, height } = footprintOf(actor);
  const y = z > 11.5 && z < 17.6 ? groundM - 0.06 : surfaceY(z);
  const scale = view.focal / z;
  const flat = new Oval(
    canvasX(x, z),
    canvasY(y, z),
    halfX * scale,
    Math.max(1, (halfZ * (view.eyeM - y) * scale) / z),
  );
  paintShadow(brush, { shape: flat, strength: 0.3, soft: 0.12 * scale, mask: null });
  suns.forEach((sun, i) => {
    const colour = light.suns[i];
    const mask = brush.stage.suns[i];
    if (colour === undefined || mask === undefined || colour[1] < 0.03) return;
    const all = light.ambient[1] + light.suns[0][1] + light.suns[1][1] + light.suns[2][1];
    const strength = 1 - Math.sqrt(Math.max(0, (all - colour[1]) / all));
    // shadows of the street end at the line, and none reaches the camera
    const nearest = z > plan.front.z ? plan.front.z + 0.7 : 1.2;
    const full = height / sun[1];
    const reach = sun[2] > 0 ? Math.max(0, Math.min(full, (z - nearest) / sun[2])) : full;
    const tipX = x - sun[0] * reach;
    const tipZ = z - sun[2] * reach;
    const from = { x: canvasX(x, z), y: canvasY(y, z), r: Math.min(halfX, 0.24) * scale * 0.6 };
    const to = {
      x: canvasX(tipX, tipZ),
      y: canvasY(y, tipZ),
      r: Math.min(halfX, 0.2) * (view.focal / tipZ) * 0.6,
    };
    paintShadow(brush, { shape: new Limb(from, to), strength, soft: Math.max(1.5, 0.06 * scale), mask });
  });
}
