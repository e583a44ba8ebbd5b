/**
 * `sill models ...`: the models that say what moved: the one that comes with Sill, and the owner's.
 */
import { Fault } from "../../../hal/fault.ts";
import {
  noModel,
  readModelFile,
  shippedName,
  thisMachineTakes,
  type LoadedModel,
} from "../../../models/load.ts";
import { checkModel } from "../../../models/check.ts";
import { modelsFolder } from "../../../models/open.ts";
import { sizeText } from "../amounts.ts";
import { jsonOption, quote, type Call, type Command } from "../command.ts";
import { benchModel } from "../models/bench.ts";
import { checkNameFree, keepModel, ownNames, removeModel } from "../models/folder.ts";
import { listedModel } from "../models/listed.ts";
import { namedModel } from "../models/named.ts";
import { aboutLines, benchLines, short, triedLines } from "../models/text.ts";
import { tryOut } from "../models/try-out.ts";
import { wishedManifest } from "../models/wish.ts";
import { textTable } from "../table.ts";

export const modelsList: Command = {
  operands: "",
  arity: [0, 0],
  about:
    "Lists the models that can say what moved: Sill's own, and those that were added. USED is what.model.",
  options: { json: jsonOption },
  takesSettings: true,
  examples: [["sill models list", "which there are, and which is used"]],
  run: async (call) => {
    const { settings } = call.settings();
    const folder = modelsFolder(settings.data);
    const wanted = settings.what.model;
    const names = [shippedName, ...(await ownNames(folder))];
    const rows = await Promise.all(names.map((name) => listedModel(name, folder, wanted === name)));
    if (![noModel, ...names].includes(wanted))
      call.terminal.err(`what.model is ${quote(wanted)}: there is no such model, and none is used`);
    if (call.has("json")) return call.terminal.out(JSON.stringify(rows, null, 2));
    const head = ["MODEL", "USED", "SAYS", "SIZE", "LICENCE"];
    const texts = rows.map((row) => [
      row.name,
      row.used ? "yes" : "",
      row.says.join(", "),
      row.bytes === null ? "" : sizeText(row.bytes),
      short(row.licence ?? "", 20),
    ]);
    for (const line of textTable([head, ...texts], { right: [3] })) call.terminal.out(line);
    for (const { name, problem } of rows) if (problem !== null) call.terminal.err(`${name}: ${problem}`);
  },
};

export const modelsAdd: Command = {
  operands: "FILE --like FAMILY|--manifest FILE [options]",
  arity: [1, 1],
  about: [
    "Adds a detector in ONNX of your own: reads the file, writes its manifest, checks both, and tries it once on the",
    "simulated porch in a process of its own. Nothing is kept of one that is refused. docs/models.md says more.",
  ].join("\n"),
  options: {
    like: { value: "FAMILY", about: "yolox, yolov5, yolov8, ssd or rtdetr: how its answers are read" },
    manifest: { value: "FILE", about: "Instead: a manifest that you wrote" },
    labels: { value: "FILE", about: "Its labels, one on a line, in its order; or: coco" },
    map: { value: "LIST", about: "What its labels are to us: car=vehicle,dog=animal" },
    name: { value: "NAME", about: "What it is called; else as the file" },
    licence: { value: "TEXT", about: "Under which licence you have it" },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill models add yolox_nano.onnx --like yolox --licence Apache-2.0", "a public one"],
    ["sill models add mine.onnx --like yolov8 --labels mine.txt --map post=parcel", "with labels of its own"],
    ["sudo sill models add ...", "on a device: the data folder is not yours"],
  ],
  run: async (call) => {
    const [path = ""] = call.operands;
    const { settings } = call.settings();
    const limit = thisMachineTakes();
    const file = await readModelFile(path, limit);
    const manifest = await wishedManifest(call, path, file);
    const folder = modelsFolder(settings.data);
    await checkNameFree(folder, manifest.name);
    const model = { ...checkModel(manifest, file, limit), manifest, bytes: file };
    const tried = await tryOut(model, settings);
    const kept = await keepModel(folder, manifest, file);
    const { out } = call.terminal;
    if (call.has("json")) return out(JSON.stringify({ folder: kept, manifest, porch: tried.found }));
    out(`Added ${manifest.name}:`);
    for (const line of [...aboutLines(manifest), "", ...triedLines(tried), ""]) out(line);
    out(`It is used once what.model is ${manifest.name} and Sill was restarted.`);
  },
};

export const modelsCheck: Command = {
  operands: "NAME|FILE",
  arity: [1, 1],
  about: [
    "Checks that a model is the file of its manifest and does what that says, then shows it the simulated porch twice",
    "in a process of its own: the answers must be the same. FILE is a manifest, or a model beside its manifest.",
  ].join("\n"),
  options: { json: jsonOption },
  takesSettings: true,
  examples: [
    ["sill models check sill", "Sill's own"],
    ["sill models check ./mine/manifest.json", "one that was not added yet"],
  ],
  run: async (call) => {
    const { model, settings, called } = await modelOf(call);
    const tried = await tryOut(model, settings);
    const { manifest } = model;
    const { out } = call.terminal;
    if (call.has("json")) {
      const { name, sha256, licence, trained } = manifest;
      const { msMedian, rssBytes } = tried.status;
      return out(JSON.stringify({ name, sha256, licence, trained, porch: tried.found, msMedian, rssBytes }));
    }
    out(`${called} is in order:`);
    for (const line of [...aboutLines(manifest), "", ...triedLines(tried)]) out(line);
  },
};

const usualRuns = 100;
const mostRuns = 100_000;

export const modelsBench: Command = {
  operands: "NAME|FILE",
  arity: [1, 1],
  about:
    "Measures how long a model takes for a picture on this machine, and what that means for the processor.",
  options: { runs: { value: "N", about: `So many pictures (${usualRuns})` }, json: jsonOption },
  takesSettings: true,
  examples: [["sill models bench sill", "on a machine that does nothing else"]],
  run: async (call) => {
    const { model, settings } = await modelOf(call);
    const figures = await benchModel(model, settings, runsOf(call));
    const { out } = call.terminal;
    if (call.has("json")) return out(JSON.stringify({ name: model.manifest.name, ...figures }));
    for (const line of benchLines(figures, settings.what)) out(line);
  },
};

export const modelsRemove: Command = {
  operands: "NAME",
  arity: [1, 1],
  about: "Removes a model that was added. One that is used is not removed: set what.model first.",
  options: {},
  takesSettings: true,
  examples: [["sill models remove yolox-nano", ""]],
  run: async (call) => {
    const [name = ""] = call.operands;
    const { settings } = call.settings();
    if (name === shippedName)
      throw new Fault("denied", `${quote(name)} comes with Sill and stays`, {
        hint: "what.model: off uses none",
      });
    if (settings.what.model === name)
      throw new Fault("denied", `${quote(name)} is used`, {
        hint: "set what.model: sill, restart, then remove it",
      });
    await removeModel(modelsFolder(settings.data), name);
    call.terminal.out(`Removed ${name}.`);
  },
};

async function modelOf(call: Call) {
  const [named = ""] = call.operands;
  const { settings } = call.settings();
  const model: LoadedModel = await namedModel(named, settings)();
  // ours is called so everywhere but in its manifest
  const called = named === shippedName ? shippedName : model.manifest.name;
  return { model, settings, called };
}

function runsOf(call: Call): number {
  const text = call.value("runs");
  if (text === null) return usualRuns;
  const runs = /^\d{1,6}$/u.test(text) ? Number(text) : 0;
  if (runs >= 1 && runs <= mostRuns) return runs;
  throw new Fault(
    "invalid",
    `--runs ${quote(text)} is not allowed; allowed: a whole number from 1 to ${mostRuns}`,
  );
}
