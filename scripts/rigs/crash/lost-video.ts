/**
 * Lost video: how much of a recording was seen and is not on the disk.
 *
 * Opens the fragments with the owner's key and reads their times: the disk's own word, not the index's.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { identityFromSecret } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import { sealSecretOf } from "../../../daemon/identity/keys.ts";
import { clipManifestSchema } from "../../../daemon/wire/manifest.ts";
import { clipFiles, dataPaths } from "../../../daemon/wire/paths.ts";
import { testSeed } from "../paired.ts";

/** Wall time of the last frame's end of a clip that was cut; null = it is not there, or was closed as it should be. */
export async function recordedUntil(data: string, clip: string): Promise<number | null> {
  const folder = await folderOf(data, clip);
  if (folder === null) return null;
  const manifest = clipManifestSchema.parse(
    JSON.parse(await readFile(join(folder, clipFiles.manifest), "utf8")),
  );
  if (manifest.closed !== null) return null;
  const last = (await readdir(folder))
    .filter((name) => name.endsWith(".m4s.age"))
    .toSorted()
    .at(-1);
  if (last === undefined) return manifest.startWallMs;
  const identity = identityFromSecret(sealSecretOf(testSeed(1)));
  return manifest.startWallMs + endOf(open(await readFile(join(folder, last)), [identity])) / 1_000;
}

async function folderOf(data: string, clip: string): Promise<string | null> {
  const { clips } = dataPaths(data);
  for (const day of await readdir(clips))
    if ((await readdir(join(clips, day))).includes(clip)) return join(clips, day, clip);
  return null;
}

/** Media time in microseconds at which a fragment ends: its tfdt and the durations of its trun. */
function endOf(fragment: Uint8Array): number {
  const bytes = Buffer.from(fragment.buffer, fragment.byteOffset, fragment.byteLength);
  const [tfdt, trun] = [bytes.indexOf("tfdt"), bytes.indexOf("trun")];
  let endUs = Number(bytes.readBigUInt64BE(tfdt + 8));
  const samples = bytes.readUInt32BE(trun + 8);
  for (let at = 0; at < samples; at += 1) endUs += bytes.readUInt32BE(trun + 16 + 12 * at);
  return endUs;
}
