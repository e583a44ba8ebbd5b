/**
 * Wish: how `sill models add` is told to read a file.
 */
import { basename } from "node:path";
import { Fault } from "../../../hal/fault.ts";
import { isLabel, labels, type Label } from "../../../models/labels.ts";
import { maxManifestBytes, manifestFrom, readManifest } from "../../../models/manifest-file.ts";
import type { Manifest } from "../../../models/manifest.ts";
import { families, type Family } from "../../../models/manifests/families.ts";
import { cocoLabels, manifestLike } from "../../../models/manifests/like.ts";
import { readUpTo } from "../../../models/read-file.ts";
import { quote, type Call } from "../command.ts";

const mostLabelBytes = 64 * 1024;
const labelsHint = "--labels FILE has the model's labels, one on a line; or --labels coco";
const manifestHint =
  "--manifest FILE is a manifest that you wrote (docs/models.md); --like FAMILY writes one";

/** The manifest for `file`, whose path is `path`. */
export async function wishedManifest({ value }: Call, path: string, file: Uint8Array): Promise<Manifest> {
  const [like, written] = [value("like"), value("manifest")];
  if ((like === null) === (written === null))
    throw new Fault("invalid", "models add needs --like FAMILY or --manifest FILE, one of them", {
      hint: `--like is one of ${families.join(", ")}; docs/models.md says which is which`,
    });
  const name = value("name");
  if (written !== null) {
    const manifest = readManifest(await text(written, maxManifestBytes, manifestHint), written);
    return name === null ? manifest : manifestFrom({ ...manifest, name }, written);
  }
  const listed = value("labels");
  return manifestLike(familyOf(like ?? ""), file, {
    name: name ?? nameFrom(path),
    file: "model.onnx",
    licence: value("licence") ?? undefined,
    labels: await labelsOf(listed),
    map: mapFrom(value("map")),
  });
}

/** A file of them, or that they are COCO's. */
async function labelsOf(listed: string | null): Promise<string[] | typeof cocoLabels | undefined> {
  if (listed === null) return undefined;
  return listed === cocoLabels ? cocoLabels : lines(await text(listed, mostLabelBytes, labelsHint));
}

function familyOf(like: string): Family {
  const family = families.find((each) => each === like);
  if (family !== undefined) return family;
  throw new Fault("invalid", `--like ${quote(like)} is not known; allowed: ${families.join(", ")}`, {
    hint: "docs/models.md says which is which; --manifest FILE for any other",
  });
}

/** "YOLOX_nano.onnx" -> "yolox-nano". */
function nameFrom(path: string): string {
  const plain = basename(path, ".onnx")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-");
  return plain.replaceAll(/^-+|-+$/gu, "").slice(0, 40);
}

/** "car=vehicle,dog=animal". */
function mapFrom(wish: string | null): Record<string, Label> | undefined {
  if (wish === null) return undefined;
  const pairs = wish.split(",").map((pair): [string, Label] => {
    const at = pair.lastIndexOf("=");
    const [theirs, ours] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at > 0 && isLabel(ours)) return [theirs, ours];
    throw new Fault("invalid", `--map ${quote(pair)} is not allowed; allowed: theirs=ours,...`, {
      hint: `ours is one of ${labels.join(", ")}: --map car=vehicle,dog=animal`,
    });
  });
  return Object.fromEntries(pairs);
}

async function text(path: string, most: number, hint: string): Promise<string> {
  return Buffer.from(await readUpTo(path, most, { hint })).toString();
}

function lines(file: string): string[] {
  return file
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
