/**
 * Listed: a model of the list, with what is wrong with it as far as a look at its folder shows it.
 */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import { checkSize } from "../../../models/check.ts";
import { loadManifest, manifestPath, ownManifest, thisMachineTakes } from "../../../models/load.ts";
import type { Manifest } from "../../../models/manifest.ts";
import { saysOf } from "./text.ts";

export interface Listed {
  readonly name: string;
  readonly used: boolean;
  readonly says: readonly string[];
  readonly bytes: number | null;
  readonly licence: string | null;
  /** Why it would not be taken; null = nothing that can be seen without reading it. */
  readonly problem: string | null;
}

export async function listedModel(name: string, folder: string, used: boolean): Promise<Listed> {
  try {
    const manifest = await loadManifest(name, folder);
    const { bytes, licence } = manifest;
    const problem = await fileProblem(manifest, dirname(manifestPath(name, folder)));
    return { name, used, says: saysOf(manifest), bytes, licence, problem };
  } catch (error) {
    const { kind, message } = toFault(error);
    const problem = kind === "not-found" ? `there is no ${ownManifest} in its folder` : message;
    return { name, used, says: [], bytes: null, licence: null, problem };
  }
}

async function fileProblem(manifest: Manifest, folder: string): Promise<string | null> {
  try {
    const info = await stat(join(folder, manifest.file));
    if (!info.isFile()) throw new Fault("invalid", `${manifest.file} is not a file`);
    checkSize(manifest, info.size, thisMachineTakes());
    return null;
  } catch (error) {
    const { kind, message } = toFault(error);
    return kind === "not-found" ? `there is no ${manifest.file} in its folder` : message;
  }
}
