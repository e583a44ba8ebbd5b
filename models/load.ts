/**
 * Load: a model by its name, read and checked, before anything native sees a byte of it.
 *
 *   sill       the one that this project ships: models/shipped
 *   NAME       the owner's: models/NAME in the data folder, manifest.json and the file that it names
 *
 * What differs from its manifest is refused with its reason. No other model takes its place: a doorbell whose owner
 * chose one says that it is not there, and goes on without.
 */
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault, toFault } from "../hal/fault.ts";
import { checkContent, checkDigest, checkRoom, checkSize, type CheckedModel } from "./check.ts";
import { digestOf } from "./digest.ts";
import { readManifest, maxManifestBytes } from "./manifest-file.ts";
import type { Manifest } from "./manifest.ts";
import { readUpTo } from "./read-file.ts";
import { availableBytes, machineMemoryBytes } from "./runner/memory.ts";
import { modelLimitBytes } from "./runtime-limits.ts";

/** As what.model says it: ours, and none. No model of an owner may be called so. */
export const shippedName = "sill";
export const noModel = "off";

const isBundled = extname(import.meta.url) === ".js";
export const shippedFolder = fileURLToPath(
  new URL(isBundled ? "../../models/shipped" : "./shipped", import.meta.url),
);
const mb = 2 ** 20;
const shippedManifest = "sill-what.json";
export const ownManifest = "manifest.json";

export interface LoadedModel extends Pick<CheckedModel, "inputs" | "outputs"> {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
}

/** Path of a model's manifest; `own` is the folder of the owner's. */
export function manifestPath(name: string, own: string): string {
  return name === shippedName ? join(shippedFolder, shippedManifest) : join(own, name, ownManifest);
}

export async function loadManifest(name: string, own: string): Promise<Manifest> {
  const path = manifestPath(name, own);
  try {
    const manifest = await manifestAt(path);
    if (name === shippedName || manifest.name === name) return manifest;
    throw new Fault("invalid", `${path} is the manifest of "${manifest.name}", not of "${name}"`, {
      hint: "its folder has the model's name: move it there, or write the name of the folder into it",
    });
  } catch (error) {
    const fault = toFault(error);
    if (fault.kind !== "not-found") throw fault;
    const hint = name === shippedName ? "install Sill again" : "sill models list; or what.model: sill";
    throw new Fault("not-found", `there is no model "${name}"`, { hint, cause: error });
  }
}

/** `limitBytes`: the largest file that is taken. */
export async function loadModel(
  name: string,
  { own, limitBytes = thisMachineTakes() }: { own: string; limitBytes?: number },
): Promise<LoadedModel> {
  const manifest = await loadManifest(name, own);
  return withFile(manifest, manifestPath(name, own), limitBytes);
}

/** The same for a manifest anywhere. */
export async function loadModelAt(path: string, limitBytes: number): Promise<LoadedModel> {
  return withFile(await manifestAt(path), path, limitBytes);
}

async function withFile(manifest: Manifest, path: string, limitBytes: number): Promise<LoadedModel> {
  const file = join(dirname(path), manifest.file);
  const bytes = await readUpTo(file, manifest.bytes, {
    hint: `the model's file belongs beside its manifest, ${path}: put it there, or add the model again`,
    check: (size) => {
      checkSize(manifest, size, limitBytes);
      checkFree(manifest);
    },
  });
  checkDigest(manifest, await digestOf(bytes));
  const { inputs, outputs } = checkContent(manifest, bytes);
  return { manifest, bytes, inputs, outputs };
}

async function manifestAt(path: string): Promise<Manifest> {
  const hint = "a model is a name of sill models list, or the path of its manifest.json";
  return readManifest(Buffer.from(await readUpTo(path, maxManifestBytes, { hint })).toString(), path);
}

/** An ONNX file that has no manifest yet. Throws Fault `exhausted` when this machine does not take as much. */
export function readModelFile(path: string, limitBytes: number): Promise<Uint8Array> {
  return readUpTo(path, limitBytes, {
    hint: "name the path of an ONNX file, as seen from where you are",
    check: (size) => checkRoom(path, size, limitBytes),
  });
}

export function thisMachineTakes(root?: string): number {
  return modelLimitBytes(machineMemoryBytes(root));
}

/** A model takes up to four times its size while it is read. Others may give memory back: it is not refused for that. */
export function checkFree(
  { file, bytes }: Pick<Manifest, "file" | "bytes">,
  freeBytes = availableBytes(),
): void {
  if (bytes * 4 <= freeBytes) return;
  const [wanted, free] = [Math.ceil((bytes * 4) / mb), Math.floor(freeBytes / mb)];
  throw new Fault("unavailable", `${file} needs ${wanted} MB to be read; ${free} MB are free now`, {
    hint: "it is tried again by itself; if it keeps on, take a smaller model",
  });
}
