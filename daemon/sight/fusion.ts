/**
 * Fusion: what the PIR and the picture have to say together before it is motion in a zone.
 *
 * Every rule is two bars for the picture: the least level that fires while the PIR says that something warm moved
 * (it is active, or was until a short while ago), and the least that fires while it says nothing. So a verdict stays
 * a comparison of levels (verdict.ts), and more sensitivity never loses anything. Where no PIR can be asked (none is
 * there, it is lost, warms up or is not trusted) every rule is the picture alone.
 *
 * Measured on the porch's paired data: docs/fusion.md.
 */
import { levelAsked, neverLevel } from "./levels.ts";

export const fuses = ["picture", "either", "both", "pir-wakes-picture", "picture-vetoes-pir"] as const;
export type Fuse = (typeof fuses)[number];

/** moved = active, or until a short while ago; unknown = there is none that can be asked. */
export const pirSayings = ["unknown", "silent", "moved"] as const;
export type PirSays = (typeof pirSayings)[number];

/** pir-wakes-picture: so much more sensitive after an edge, so much less without one. */
export const wake = { more: 10, less: 20 } as const;

/** The least level that fires where the picture alone would ask for `sensitivity`; 0 = any picture does. */
export function levelFused(fuse: Fuse, sensitivity: number, pir: PirSays): number {
  const alone = levelAsked(sensitivity);
  if (pir === "unknown" || alone >= neverLevel) return alone;
  const moved = pir === "moved";
  switch (fuse) {
    case "picture":
      return alone;
    case "either":
      return moved ? 0 : alone;
    case "both":
      return moved ? alone : neverLevel;
    case "pir-wakes-picture":
      return levelAsked(
        moved ? Math.min(100, sensitivity + wake.more) : Math.max(1, sensitivity - wake.less),
      );
    case "picture-vetoes-pir":
      return moved ? leastStir : neverLevel;
  }
}

/** Anything that stirs at all. */
const leastStir = 1;

/** Who saw it: an event is seen by both when either of its moments was. */
export const seers = ["picture", "pir", "both"] as const;
export type Seer = (typeof seers)[number];

/** Of a frame that is motion: `pictured` = something stirs where it is. */
export function seerOf(pictured: boolean, pir: PirSays): Seer {
  if (!pictured) return "pir";
  return pir === "moved" ? "both" : "picture";
}

export function seenByBoth(one: Seer, other: Seer): Seer {
  return one === other ? one : "both";
}
