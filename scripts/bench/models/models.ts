/**
 * Models: what moved, said by the shipped model, by OpenCV's HOG people detector and by a detector that was brought, on
 * the same crops in one run; and what ours costs.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import type { RawFrame } from "../../../hal/frame.ts";
import { checkModel } from "../../../models/check.ts";
import { labels, type Label } from "../../../models/labels.ts";
import { loadModel, shippedFolder, shippedName, type LoadedModel } from "../../../models/load.ts";
import { manifestLike } from "../../../models/manifests/like.ts";
import { porchFrames } from "../porch-frames.ts";
import { figure, type Figure } from "../figure.ts";
import { bestF1Of, bestOf, f1Of, macroRecall, recallAt, recallOf, type Judged } from "./accuracy.ts";
import { askedOf, openFrame, runnerOf } from "./asked.ts";
import { costOf } from "./cost.ts";
import { packsFolder, readPack, type Crop } from "./crops.ts";
import { running, tracksOf, verdictOf, type JudgedCrop } from "./joined.ts";

const brought = join(packsFolder, "../models/yolox_nano.onnx");
const moved: readonly Label[] = ["person", "vehicle", "other"];
const ratio = { unit: "", atLeast: true } as const;

export async function benchModels(note: (line: string) => void): Promise<Figure[]> {
  const ours = await loadModel(shippedName, { own: "" });
  note("motion80: what really moved");
  const motion = readPack("motion80");
  const known = motion.crops.filter((crop) => crop.truth !== null);
  await using runner = await opened(ours);
  const said = judgedOf(known, await askedOf(runner.detector, ours, known));
  const crops = said.map(({ judged }) => judged);
  const members = tracksOf(said);
  const tracks = members.map(verdictOf);
  const isPerson = (each: Judged): boolean => bestOf(each) === "person";
  const figures = [
    figure("models.person.f1", f1Of(crops, "person", isPerson), { ...ratio, goal: 0.88 }),
    figure("models.person.recall_at_5pct_fp", recallAt(crops, "person", 0.05), { ...ratio, goal: 0.9 }),
    figure("models.crop.macro", macroRecall(crops, moved), ratio),
    figure("models.running.macro", macroRecall(members.flatMap(running), moved), ratio),
    figure("models.track.macro", macroRecall(tracks, moved), { ...ratio, goal: 0.92 }),
    ...moved.map((label) => figure(`models.track.${label}`, recallOf(tracks, label), ratio)),
  ];

  note("HOG on the same crops");
  const hog = known.map(({ truth, hog: weight }) => hogJudged(truth, weight));
  figures.push(
    figure("models.hog.person.f1", bestF1Of(hog, "person"), ratio),
    figure("models.hog.person.recall_at_5pct_fp", recallAt(hog, "person", 0.05), ratio),
    figure("models.hog.crop.cpu", motion.hogCpuMs, { unit: "ms" }),
  );

  note("the test split");
  const test = readPack("crops80", "test");
  const tested = judgedOf(test.crops, await askedOf(runner.detector, ours, test.crops));
  const all = tested.map(({ judged }) => judged);
  figures.push(
    figure("models.test.animal", recallOf(all, "animal"), { ...ratio, goal: 0.8 }),
    figure(
      "models.test.animal.f1",
      f1Of(all, "animal", (each) => bestOf(each) === "animal"),
      ratio,
    ),
    ...labels
      .filter((label) => label !== "animal")
      .map((label) => figure(`models.test.${label}`, recallOf(all, label), ratio)),
  );

  if (existsSync(brought)) figures.push(...(await broughtFigures(known, note)));
  figures.push(...(await costFigures(runner.detector, ours)));
  return figures;
}

/** A model of somebody else's, on the same crops; and what its look at a whole frame costs. */
async function broughtFigures(known: readonly Crop[], note: (line: string) => void): Promise<Figure[]> {
  note("a detector that was brought (YOLOX-nano), on the same crops");
  const bytes = readFileSync(brought);
  const manifest = manifestLike("yolox", bytes, { name: "yolox-nano", file: "yolox_nano.onnx" });
  // every box is to be weighed, not only those that it would tell
  const least = { ...manifest, thresholds: { person: 0.01, vehicle: 0.01, animal: 0.01 } };
  const { inputs, outputs } = checkModel(least, bytes, 2 ** 30);
  const model = { manifest: least, bytes, inputs, outputs };
  await using runner = await opened(model);
  const said = judgedOf(known, await askedOf(runner.detector, model, known)).map(({ judged }) => judged);
  const frame = openFrame(porchPicture());
  const whole: [number, number, number, number] = [0, 0, frame.width, frame.height];
  const cost = await costOf(runner.detector, { frame, regions: [whole], looks: 40 });
  return [
    figure("models.yolox.person.f1", bestF1Of(said, "person"), ratio),
    figure("models.yolox.person.recall_at_5pct_fp", recallAt(said, "person", 0.05), ratio),
    figure("models.yolox.vehicle.f1", bestF1Of(said, "vehicle"), ratio),
    figure("models.yolox.frame.cpu", cost.cpuMs, { unit: "ms" }),
    figure("models.yolox.rss", cost.rssMb, { unit: "MB" }),
  ];
}

async function costFigures(
  runner: ReturnType<typeof runnerOf>,
  { manifest }: LoadedModel,
): Promise<Figure[]> {
  const frame = openFrame(porchPicture());
  const region: [number, number, number, number] = [500, 250, 120, 260];
  const cost = await costOf(runner, { frame, regions: [region], looks: 400 });
  return [
    figure("models.crop.ms", cost.runMs, { unit: "ms", goal: 2 }),
    figure("models.region.cpu", cost.cpuMs, { unit: "ms" }),
    figure("models.rss", cost.rssMb, { unit: "MB" }),
    figure("models.file", statSync(join(shippedFolder, manifest.file)).size / 1e6, { unit: "MB", goal: 1 }),
  ];
}

/** 720p, with somebody at the door. */
function porchPicture(): RawFrame {
  const [frame] = porchFrames(1280, 720);
  if (frame === undefined) throw new Fault("bug", "the porch gave no picture");
  return frame;
}

function judgedOf(
  crops: readonly Crop[],
  scores: readonly Readonly<Partial<Record<Label, number>>>[],
): JudgedCrop[] {
  return crops.map((crop, at) => ({
    crop,
    judged: { truth: crop.truth ?? "other", scores: scores[at] ?? {} },
  }));
}

/** Its weights are no shares: only their order counts, and no window is less than any. */
function hogJudged(truth: Label | null, weight: number | null): Judged {
  return { truth: truth ?? "other", scores: { person: weight ?? Number.NEGATIVE_INFINITY } };
}

async function opened(model: LoadedModel) {
  const detector = runnerOf(model);
  await detector.ready();
  return { detector, [Symbol.asyncDispose]: () => detector.close() };
}
