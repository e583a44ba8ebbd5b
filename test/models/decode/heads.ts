/**
 * Heads: the raw answer that a model of each family gives when it sees certain boxes; written from the families'
 * own papers and exports, the other way round from models/decode.
 */
import type { OutputRole } from "../../../models/check-outputs.ts";
import type { Figures } from "../onnx/writer.ts";

/** In pixels of the input, which is 64x64. */
export interface Seen {
  /** Number of one of the three labels. */
  readonly at: number;
  readonly score: number;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

export interface Said {
  readonly role: OutputRole;
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Exclude<Figures, readonly number[]>;
}

export interface Head {
  readonly name: string;
  /** Of the manifest. */
  readonly output: object;
  readonly say: (seen: readonly Seen[]) => Said[];
  /** DETR's here gives 0.8 of every score, the rest to "nothing". */
  readonly factor?: number;
}

export const side = 64;
const labelCount = 3;

const centred = ({ box: [left, top, right, bottom] }: Seen) =>
  [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top] as const;
const scoresOf = ({ at, score }: Seen) =>
  Array.from({ length: labelCount }, (_, label) => (label === at ? score : score / 10));
const main = (dims: readonly number[], figures: readonly number[]): Said[] => [
  { role: "main", name: "output", dims, data: Float32Array.from(figures) },
];
const withObjectness = (one: Seen) => [0.9, ...scoresOf(one).map((score) => score / 0.9)];

/** Each box in a cell of its own: every third, so that a handful of them uses all strides. */
function yolox(seen: readonly Seen[]): Said[] {
  const cells = [8, 16, 32].flatMap((stride) => {
    const columns = side / stride;
    return Array.from({ length: columns ** 2 }, (_, cell) => ({
      stride,
      column: cell % columns,
      row: Math.floor(cell / columns),
    }));
  });
  const rows = cells.map(({ stride, column, row }, at) => {
    const one = at % 3 === 0 ? seen[at / 3] : undefined;
    if (one === undefined) return [0, 0, 0, 0, 0, 0, 0, 0];
    const [x, y, w, h] = centred(one);
    return [
      x / stride - column,
      y / stride - row,
      Math.log(w / stride),
      Math.log(h / stride),
      ...withObjectness(one),
    ];
  });
  return main([1, 84, 8], rows.flat());
}

function rowsOf(seen: readonly Seen[], scale: number): Said[] {
  const rows = seen.map((one) => [...centred(one).map((value) => value * scale), ...withObjectness(one)]);
  return main([1, seen.length, 8], rows.flat());
}

function columns(seen: readonly Seen[]): Said[] {
  const rows = seen.map((one) => [...centred(one), ...scoresOf(one)]);
  const turned = Array.from({ length: 7 }, (_, figure) => rows.map((row) => row[figure] ?? 0));
  return main([1, 7, seen.length], turned.flat());
}

/** The last row is one that is not used. */
function endToEnd(seen: readonly Seen[]): Said[] {
  const rows = seen.map(({ box, score, at }) => [...box, score, at]);
  return main([1, seen.length + 1, 6], [...rows, [0, 0, 0, 0, 0, 0]].flat());
}

interface Lists {
  /** Which of left, top, right, bottom comes first, second ... */
  readonly order: readonly number[];
  readonly scale: number;
  readonly batch: readonly number[];
}

function lists(seen: readonly Seen[], { order, scale, batch }: Lists): Said[] {
  const boxes = seen.flatMap(({ box }) => order.map((at) => (box[at] ?? 0) * scale));
  const scores = Float32Array.from(seen, ({ score }) => score);
  return [
    { role: "boxes", name: "boxes", dims: [...batch, seen.length, 4], data: Float32Array.from(boxes) },
    { role: "scores", name: "scores", dims: [...batch, seen.length], data: scores },
  ];
}

function wholeClasses(seen: readonly Seen[], first: number, batch: readonly number[]): Said {
  const data = BigInt64Array.from(seen, ({ at }) => BigInt(at + first));
  return { role: "classes", name: "classes", dims: [...batch, seen.length], data };
}

/** Two more rows, surer than all, that the count leaves out. */
function tensorflow(seen: readonly Seen[]): Said[] {
  const unused: Seen = { at: 2, score: 1, box: [1, 1, 60, 60] };
  const all = [...seen, unused, unused];
  const classes = Float32Array.from(all, ({ at }) => at + 1);
  return [
    ...lists(all, { order: [1, 0, 3, 2], scale: 1 / side, batch: [1] }),
    { role: "classes", name: "classes", dims: [1, all.length], data: classes },
    { role: "count", name: "count", dims: [1], data: Float32Array.of(seen.length) },
  ];
}

const detrShare = 0.8;

function queries(seen: readonly Seen[], figuresOf: (one: Seen) => number[], classes: number): Said[] {
  const boxes = Float32Array.from(seen.flatMap((one) => centred(one).map((value) => value / side)));
  const figures = Float32Array.from(seen.flatMap(figuresOf));
  return [
    { role: "boxes", name: "boxes", dims: [1, seen.length, 4], data: boxes },
    { role: "scores", name: "scores", dims: [1, seen.length, classes], data: figures },
  ];
}

const sigmoidOf = (one: Seen) => scoresOf(one).map((share) => Math.log(share / (1 - share)));

/** Logits whose softmax is the shares; any constant may be added to all. */
function softmaxOf(one: Seen): number[] {
  const shares = scoresOf(one).map((score) => score * detrShare);
  const nothing = 1 - shares.reduce((sum, share) => sum + share, 0);
  return [...shares, nothing].map((share) => 3 + Math.log(share));
}

const named = { boxes: "boxes", scores: "scores" };
const withClasses = { ...named, classes: "classes" };
const order = [0, 1, 2, 3];

export const heads: readonly Head[] = [
  { name: "yolox", output: { decode: "yolox" }, say: yolox },
  { name: "yolox, decoded", output: { decode: "yolox", grid: false }, say: (seen) => rowsOf(seen, 1) },
  { name: "yolov5", output: { decode: "yolov5" }, say: (seen) => rowsOf(seen, 1) },
  {
    name: "yolov5 in fractions",
    output: { decode: "yolov5", units: "fractions" },
    say: (seen) => rowsOf(seen, 1 / side),
  },
  { name: "yolov8", output: { decode: "yolov8" }, say: columns },
  {
    name: "yolov8, turned, in fractions",
    output: { decode: "yolov8", form: "rows", units: "fractions" },
    say: (seen) => {
      const rows = seen.map((one) => [...centred(one).map((value) => value / side), ...scoresOf(one)]);
      return main([1, seen.length, 7], rows.flat());
    },
  },
  { name: "yolov8, end to end", output: { decode: "yolov8", form: "end-to-end" }, say: endToEnd },
  {
    name: "ssd of TensorFlow",
    output: { decode: "ssd", form: "tensorflow", count: "count", ...withClasses },
    say: tensorflow,
  },
  {
    name: "ssd of torchvision",
    output: { decode: "ssd", form: "torchvision", ...withClasses },
    say: (seen) => [...lists(seen, { order, scale: 1, batch: [] }), wholeClasses(seen, 1, [])],
  },
  {
    name: "rtdetr",
    output: { decode: "rtdetr", form: "queries", ...named },
    say: (seen) => queries(seen, sigmoidOf, labelCount),
  },
  {
    name: "rtdetr, final",
    output: { decode: "rtdetr", form: "final", ...withClasses },
    say: (seen) => [...lists(seen, { order, scale: 1, batch: [1] }), wholeClasses(seen, 0, [1])],
  },
  {
    name: "detr",
    output: { decode: "rtdetr", form: "queries", activation: "softmax", ...named },
    say: (seen) => queries(seen, softmaxOf, labelCount + 1),
    factor: detrShare,
  },
];
