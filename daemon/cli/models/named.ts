/**
 * Named: the model that a command line names, read and checked: one of `sill models list`, or a file anywhere.
 */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import {
  loadModel,
  loadModelAt,
  ownManifest,
  thisMachineTakes,
  type LoadedModel,
} from "../../../models/load.ts";
import { modelsFolder } from "../../../models/open.ts";
import { quote } from "../command.ts";

/** A name, the path of a manifest, or of an ONNX file beside its manifest. */
export function namedModel(named: string, { data }: Settings): () => Promise<LoadedModel> {
  if (named.endsWith(".json")) return () => loadModelAt(named, thisMachineTakes());
  if (named.endsWith(".onnx")) return () => besideItsManifest(named);
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/u.test(named))
    throw new Fault("invalid", `${quote(named)} is neither a model's name nor the path of its manifest`, {
      hint: "sill models list; or the path of a manifest.json",
    });
  return () => loadModel(named, { own: modelsFolder(data) });
}

async function besideItsManifest(path: string): Promise<LoadedModel> {
  const manifest = join(dirname(path), ownManifest);
  if (!existsSync(path))
    throw new Fault("not-found", `there is no ${path}`, {
      hint: "name a model of sill models list, or the path of a file, as seen from where you are",
    });
  if (!existsSync(manifest))
    throw new Fault("not-found", `${path} has no ${ownManifest} beside it`, {
      hint: `sill models add ${path} --like yolox writes one`,
    });
  const model = await loadModelAt(manifest, thisMachineTakes());
  if (model.manifest.file === basename(path)) return model;
  throw new Fault("invalid", `${manifest} is of ${model.manifest.file}, not of ${basename(path)}`, {
    hint: "sill models add FILE --like yolox writes a manifest for a file",
  });
}
