/**
 * Folder: the owner's models on the disk, one folder each: the manifest, and the file that it names.
 *
 * A model is whole or not there: it is written under another name first. Everybody may read it: it is no secret,
 * and on a device the eye, the keeper and root are three users.
 */
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import { noModel, ownManifest, shippedName } from "../../../models/load.ts";
import { manifestText } from "../../../models/manifest-file.ts";
import type { Manifest } from "../../../models/manifest.ts";
import { syncFolder, writeDurable } from "../../seal/durable.ts";

const fileMode = 0o644;
const folderMode = 0o755;

/** In the order of the alphabet; what is not whole is not among them. */
export async function ownNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    const fault = toFault(error, "the models cannot be listed");
    if (fault.kind === "not-found") return [];
    throw orRoot(fault);
  }
}

/** Throws Fault `denied` when there is one of that name. */
export async function keepModel(folder: string, manifest: Manifest, file: Uint8Array): Promise<string> {
  const path = join(folder, manifest.name);
  await checkNameFree(folder, manifest.name);
  try {
    await mkdir(folder, { recursive: true, mode: folderMode });
    const work = await mkdtemp(join(folder, ".new-"));
    try {
      await writeDurable(join(work, manifest.file), file, fileMode);
      await writeDurable(join(work, ownManifest), Buffer.from(manifestText(manifest)), fileMode);
      await chmod(work, folderMode);
      await rename(work, path);
      await syncFolder(folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  } catch (error) {
    throw orRoot(toFault(error, "the model cannot be kept"));
  }
  return path;
}

export async function checkNameFree(folder: string, name: string): Promise<void> {
  if (name === shippedName || name === noModel)
    throw new Fault("invalid", `no model of yours can be called "${name}"`, {
      hint: "choose another: --name",
    });
  if ((await ownNames(folder)).includes(name))
    throw new Fault("denied", `there is a model "${name}" already`, {
      hint: `sill models remove ${name}, or choose another: --name`,
    });
}

export async function removeModel(folder: string, name: string): Promise<void> {
  if (!(await ownNames(folder)).includes(name))
    throw new Fault("not-found", `there is no model "${name}" of yours`, { hint: "sill models list" });
  try {
    await rm(join(folder, name), { recursive: true });
    await syncFolder(folder);
  } catch (error) {
    throw orRoot(toFault(error, "the model cannot be removed"));
  }
}

function orRoot(fault: Fault): Fault {
  if (fault.kind !== "denied") return fault;
  return new Fault("denied", fault.message, {
    hint: "the data folder is another user's: on a device, sudo sill models ...; else as who runs sill",
    cause: fault,
  });
}
