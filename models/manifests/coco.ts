/**
 * COCO: the labels that most public detectors have, and what each is to us.
 *
 * 80 names in a row, or 90 numbers from 1 with holes (TensorFlow, torchvision). A bicycle is nothing to us: with
 * somebody on it there is a person too, and without it stands there. Bags are not parcels: visitors carry them.
 */
import type { Label } from "../labels.ts";
import { unusedLabel } from "../manifest.ts";

/** The 80, with the numbers that COCO gave them where one was left out before. */
const numbered: readonly (readonly [first: number, names: string])[] = [
  [1, "person bicycle car motorcycle airplane bus train truck boat traffic-light fire-hydrant"],
  [13, "stop-sign parking-meter bench bird cat dog horse sheep cow elephant bear zebra giraffe"],
  [27, "backpack umbrella"],
  [31, "handbag tie suitcase frisbee skis snowboard sports-ball kite baseball-bat baseball-glove skateboard"],
  [42, "surfboard tennis-racket bottle"],
  [
    46,
    "wine-glass cup fork knife spoon bowl banana apple sandwich orange broccoli carrot hot-dog pizza donut cake",
  ],
  [62, "chair couch potted-plant bed"],
  [67, "dining-table"],
  [70, "toilet"],
  [72, "tv laptop mouse remote keyboard cell-phone microwave oven toaster sink refrigerator"],
  [84, "book clock vase scissors teddy-bear hair-drier toothbrush"],
];

const named = numbered.flatMap(([first, names]) =>
  names.split(" ").map((name, at) => [first + at, name.replaceAll("-", " ")] as const),
);

export const coco80: readonly string[] = named.map(([, name]) => name);

const byNumber = new Map(named);

/** Of the numbers 1 to 90. */
export const coco90: readonly string[] = Array.from(
  { length: 90 },
  (_, at) => byNumber.get(at + 1) ?? unusedLabel,
);

/** What a label of a foreign list is to us, COCO's words and our own. */
const ours: Readonly<Record<Label, readonly string[]>> = {
  person: ["person", "people", "pedestrian", "human", "man", "woman", "child", "cyclist", "rider"],
  vehicle: ["vehicle", "car", "motorcycle", "motorbike", "bus", "train", "truck", "van", "lorry"],
  animal: "animal bird cat dog horse sheep cow elephant bear zebra giraffe deer fox".split(" "),
  parcel: ["parcel", "package"],
  other: ["other", "background", "nothing"],
};

const byWord = new Map(
  Object.entries(ours).flatMap(([label, words]) => words.map((word) => [word, label as Label] as const)),
);

/** Theirs to ours, for the words that we know. */
export function mapOf(labels: readonly string[]): Record<string, Label> {
  return Object.fromEntries(
    labels.flatMap((theirs) => {
      const label = byWord.get(theirs.toLowerCase());
      return label === undefined ? [] : [[theirs, label]];
    }),
  );
}
