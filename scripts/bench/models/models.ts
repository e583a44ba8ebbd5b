/**
 * Models: what moved, said by the shipped model, by OpenCV's HOG people detector and by a detector that was brought, on
 * the same crops in one run; and what ours costs.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { settingsSchema } from "../../../config/schema.ts";
import { benchModel } from "../../../daemon/cli/models/bench.ts";
import type { PorchFrame } from "../../../daemon/cli/models/porch-frame.ts";
import { withDetector } from "../../../daemon/cli/models/try-out.ts";
import { Fault } from "../../../hal/fault.ts";
import { checkModel } from "../../../models/check.ts";
import { labels, type Label } from "../../../models/labels.ts";
import { loadModel, shippedFolder, shippedName, type LoadedModel } from "../../../models/load.ts";
import { manifestLike } from "../../../models/manifests/like.ts";
import { porchFrames } from "../porch-frames.ts";
import { figure, type Figure } from "../figure.ts";
import { bestF1Of, bestOf, f1Of, macroRecall, recallAt, recallOf, type Judged } from "./accuracy.ts";
import { askedOf, openFrame } from "./asked.ts";
import { packsFolder, readPack, type Crop } from "./crops.ts";
import { running, tracksOf, verdictOf, type JudgedCrop } from "./joined.ts";

const brought = join(packsFolder, "../models/yolox_nano.onnx");
const moved: readonly Label[] = ["person", "vehicle", "other"];
/** As a doorbell has it, but that a picture may take long on a busy machine. */
const settings = settingsSchema.parse({ what: { timeoutMs: 20_000 } });
const mb = 2 ** 20;
const ratio = { unit: "", atLeast: true } as const;

export async function benchModels(note: (line: string) => void): Promise<Figure[]> {
  const ours = await loadModel(shippedName, { own: "" });
  note("motion80: what really moved");
  const motion = readPack("motion80");
  const known = motion.crops.filter((crop) => crop.truth !== null);
  const said = await saidOf(ours, known);
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
  const tested = await saidOf(ours, test.crops);
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
  figures.push(...(await costFigures(ours)));
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
  const said = (await saidOf(model, known)).map(({ judged }) => judged);
  const cost = await benchModel(model, settings, 40, porch());
  return [
    figure("models.yolox.person.f1", bestF1Of(said, "person"), ratio),
    figure("models.yolox.person.recall_at_5pct_fp", recallAt(said, "person", 0.05), ratio),
    figure("models.yolox.vehicle.f1", bestF1Of(said, "vehicle"), ratio),
    figure("models.yolox.frame.cpu", cost.cpuMs, { unit: "ms" }),
    figure("models.yolox.rss", cost.rssBytes / mb, { unit: "MB" }),
  ];
}

async function costFigures(ours: LoadedModel): Promise<Figure[]> {
  const cost = await benchModel(ours, settings, 400, porch());
  const file = join(shippedFolder, ours.manifest.file);
  return [
    figure("models.crop.ms", cost.pictureMs.median, { unit: "ms", goal: 2 }),
    figure("models.region.cpu", cost.cpuMs, { unit: "ms" }),
    figure("models.rss", cost.rssBytes / mb, { unit: "MB" }),
    figure("models.file", statSync(file).size / 1e6, { unit: "MB", goal: 1 }),
  ];
}

/** 720p, with somebody at the door. */
function porch(): PorchFrame {
  const [frame] = porchFrames(1280, 720);
  if (frame === undefined) throw new Fault("bug", "the porch gave no picture");
  return { frame: openFrame(frame), region: [500, 250, 120, 260] };
}

async function saidOf(model: LoadedModel, crops: readonly Crop[]): Promise<JudgedCrop[]> {
  const scores = await withDetector(model, settings, (detector) => askedOf(detector, model, crops));
  return crops.map((crop, at) => ({
    crop,
    judged: { truth: crop.truth ?? "other", scores: scores[at] ?? {} },
  }));
}

/** Its weights are no shares: only their order counts, and no window is less than any. */
function hogJudged(truth: Label | null, weight: number | null): Judged {
  return { truth: truth ?? "other", scores: { person: weight ?? Number.NEGATIVE_INFINITY } };
}
