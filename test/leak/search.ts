/**
 * Search: is there anything of the canary in a picture?
 *
 * Two looks at every sample of Y, U and V that the mask must have destroyed:
 * - `worst`: how far is any of them from the mask's constant? Only those further from the line than
 *   a codec reaches (blocks that straddle the line carry noise of what may be seen).
 * - `strength`: how much of the canary is in them, at whichever of its positions fits best? The slope of the
 *   samples over the canary's own values: 1 = as painted, 0 = nothing; noise of the codec is in
 *   no step with it. Hidden samples up to the line, a sixth of a block apart.
 */
import { maskChroma, maskY } from "../../daemon/eye/mask/apply.ts";
import type { FrameGeometry, I420, Plane } from "../../hal/frame.ts";
import { canaryColourAt, canaryColours, canaryPhases, createCanary } from "../../hal/sim/porch/canary.ts";
import { porchPolicy } from "../../hal/sim/porch/policy.ts";

/** Two macroblocks: one that straddles the line, one that is predicted from it. */
const reachPx = 32;

export interface Found {
  /** Levels, of 255. */
  readonly worst: number;
  readonly strength: number;
  /** Samples that were looked at, far from the line. */
  readonly samples: number;
}

export const planes = ["y", "u", "v"] as const;
export type PlaneName = (typeof planes)[number];
export type Search = Readonly<Record<PlaneName, Found>>;

/** Pixels between the samples in which the pattern is looked for: a block of it is 16 wide. */
const latticePx = 3;

/** Of one plane: of everything hidden a lattice, and all that is far from the line. */
interface Hidden {
  readonly near: readonly Place[];
  readonly far: readonly Place[];
  /** For each phase of the canary, the colour at each place of `near`. */
  readonly colours: readonly Uint8Array[];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** `camera` is the size in which the canary was painted; an output may be smaller. */
export function searchPicture(picture: I420, camera: FrameGeometry): Search {
  const hidden = hiddenIn(picture, camera);
  return {
    y: searchPlane(picture.y, hidden.luma, 0),
    u: searchPlane(picture.u, hidden.chroma, 1),
    v: searchPlane(picture.v, hidden.chroma, 2),
  };
}

/** The loudest of several pictures. */
export function searchPictures(pictures: readonly I420[], camera: FrameGeometry): Search {
  const all = pictures.map((picture) => searchPicture(picture, camera));
  const loudest = (plane: PlaneName): Found => ({
    worst: Math.max(...all.map((each) => each[plane].worst)),
    strength: Math.max(...all.map((each) => each[plane].strength)),
    samples: Math.min(...all.map((each) => each[plane].samples)),
  });
  return { y: loudest("y"), u: loudest("u"), v: loudest("v") };
}

function searchPlane({ data, stride }: Plane, { near, far, colours }: Hidden, component: 0 | 1 | 2): Found {
  const blank = component === 0 ? maskY : maskChroma;
  const valueAt = ({ x, y }: Place): number => data[y * stride + x] ?? 0;
  const worst = far.reduce((most, place) => Math.max(most, Math.abs(valueAt(place) - blank)), 0);
  const values = Uint8Array.from(near, valueAt);
  const slopes = colours.map((phase) => Math.abs(slopeOver(phase, values, component)));
  return { worst, strength: Math.max(...slopes), samples: far.length };
}

/** Least squares: how much `values` follow the pattern that has these colours at their places. */
function slopeOver(phase: Uint8Array, values: Uint8Array, component: 0 | 1 | 2): number {
  const pattern = canaryColours.map((colour) => colour[component]);
  const sums = pattern.map(() => ({ count: 0, values: 0 }));
  phase.forEach((colour, i) => {
    const sum = sums[colour];
    if (sum === undefined) return;
    sum.count += 1;
    sum.values += values[i] ?? 0;
  });
  const mean = (of: (sum: (typeof sums)[number], level: number) => number): number =>
    sums.reduce((total, sum, colour) => total + of(sum, pattern[colour] ?? 0), 0) /
    Math.max(1, values.length);
  const patternMean = mean(({ count }, level) => count * level);
  const together = mean((sum, level) => (level - patternMean) * sum.values);
  const alone = mean(({ count }, level) => count * (level - patternMean) ** 2);
  return alone === 0 ? 0 : together / alone;
}

const known = new Map<string, { luma: Hidden; chroma: Hidden }>();

function hiddenIn(size: FrameGeometry, camera: FrameGeometry): { luma: Hidden; chroma: Hidden } {
  const key = [size.width, size.height, camera.width, camera.height].join(" ");
  const found = known.get(key) ?? { luma: placesOf(size, camera, 1), chroma: placesOf(size, camera, 2) };
  known.set(key, found);
  return found;
}

/** Every `step`th luma pixel that the canary covers: what no mask may leave at any rounding. */
function placesOf({ width, height }: FrameGeometry, camera: FrameGeometry, step: 1 | 2): Hidden {
  const { covers } = createCanary(porchPolicy, { width, height });
  const isHidden = (x: number, y: number): boolean =>
    x < 0 || y < 0 || x >= width || y >= height || covers(x, y);
  const isFar = (x: number, y: number): boolean => {
    for (const dx of [-reachPx, -reachPx / 2, 0, reachPx / 2, reachPx])
      for (const dy of [-reachPx, -reachPx / 2, 0, reachPx / 2, reachPx])
        if (!isHidden(x + dx, y + dy)) return false;
    return true;
  };
  const [near, far]: [Place[], Place[]] = [[], []];
  const sources: Place[] = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      if (!isHidden(x, y) || !isHidden(x + step - 1, y + step - 1)) continue;
      const place = { x: x / step, y: y / step };
      if (place.x % latticePx === 0 && place.y % latticePx === 0) {
        near.push(place);
        sources.push({
          x: Math.floor(((x + 0.5) * camera.width) / width),
          y: Math.floor(((y + 0.5) * camera.height) / height),
        });
      }
      if (isFar(x, y)) far.push(place);
    }
  }
  const colours = canaryPhases.map((tMs) =>
    Uint8Array.from(sources, ({ x, y }) => canaryColourAt(x, y, tMs)),
  );
  return { near, far, colours };
}
