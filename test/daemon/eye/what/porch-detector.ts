/**
 * A detector that reads the porch's truth: a simulator of the outside world (a model that is nearly always right), so that
 * what is made of its answers can be tested without one. Wrong now and then, by a hash of the frame: the same each time.
 */
import type { Detector, Found } from "../../../../models/detector.ts";
import { labels, type Label } from "../../../../models/labels.ts";
import type { BoxPx } from "../../../../hal/geometry.ts";
import { chance } from "../../../../hal/sim/porch/math.ts";
import type { Porch } from "../../../../hal/sim/porch/porch.ts";
import type { TruthItem } from "../../../../hal/sim/porch/truth.ts";

const labelOf: Readonly<Record<TruthItem["kind"], Label>> = {
  person: "person",
  vehicle: "vehicle",
  animal: "animal",
  parcel: "parcel",
  thing: "other",
};

/** `wrong`: part of the answers that name another label. */
export function porchDetector(porch: Porch, wrong = 0.12): Detector {
  return {
    name: "the porch's truth",
    async detect(frame, regions): Promise<readonly Found[]> {
      const { items } = porch.truth(frame.ptsUs / 1_000);
      return regions.map((box, i) => {
        const draw = (what: number): number => chance(frame.sequence, i, what, 0xdec);
        const label = labelIn(box, items);
        if (draw(1) >= wrong) return { label, score: 0.6 + 0.38 * draw(2), box };
        return {
          label: labels[Math.floor(draw(3) * labels.length)] ?? "other",
          score: 0.35 + 0.3 * draw(4),
          box,
        };
      });
    },
    close: async () => {},
  };
}

/** Of whoever fills the region best, on the owner's ground. */
function labelIn(region: BoxPx, items: readonly TruthItem[]): Label {
  let [label, most]: [Label, number] = ["other", 0.12];
  for (const { kind, box, visibleFrac, inside } of items) {
    if (box === null || !inside || visibleFrac < 0.1) continue;
    const shared = sharedPx(box, region);
    const union = box[2] * box[3] + region[2] * region[3] - shared;
    const fills = Math.max(shared / union, (0.5 * shared) / (region[2] * region[3]));
    if (fills > most) [label, most] = [labelOf[kind], fills];
  }
  return label;
}

function sharedPx([ax, ay, aw, ah]: BoxPx, [bx, by, bw, bh]: BoxPx): number {
  const w = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const h = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  return w > 0 && h > 0 ? w * h : 0;
}
