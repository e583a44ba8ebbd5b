/** Clip folders as the eye writes them: sealed files, clip.json, leftovers where asked for. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDurableJson } from "../../../daemon/seal/durable.ts";
import type { Recipient } from "../../../daemon/seal/age/keys.ts";
import { open } from "../../../daemon/seal/age/seal.ts";
import { writeSealed, type Sealed } from "../../../daemon/seal/write.ts";
import type { ClipManifest } from "../../../daemon/wire/manifest.ts";
import { clipFiles, clipFolder, type DataPaths } from "../../../daemon/wire/paths.ts";
import { viewer, viewers } from "../seal/viewer.ts";

export interface DiskClip {
  readonly id: string;
  readonly startWallMs: number;
  readonly events?: ClipManifest["events"];
  readonly fragments?: number;
  /** Null = the recording was cut: clip.json lists no fragment, as when it was opened. */
  readonly closed?: ClipManifest["closed"];
  readonly bytesEach?: number;
  /** Who may open it; default: the tests' viewer, whose clips can be written again. */
  readonly sealTo?: readonly Recipient[];
}

export function eventIn(id: string, startWallMs: number): ClipManifest["events"][number] {
  return { event: id, kind: "motion", startWallMs };
}

/** Answers the clip's folder and its fragments, as the eye would report them. */
export async function writeClip(
  paths: DataPaths,
  clip: DiskClip,
): Promise<{ folder: string; fragments: ClipManifest["fragments"] }> {
  const { id, startWallMs, fragments: count = 2, bytesEach = 1_000, sealTo = viewers } = clip;
  const folder = clipFolder(paths, id, startWallMs);
  await mkdir(folder, { recursive: true });
  await writeSealed(join(folder, clipFiles.init), Buffer.from("init "), sealTo);
  const fragments: ClipManifest["fragments"] = [];
  for (let index = 0; index < count; index += 1) {
    const content = Buffer.alloc(bytesEach, 65 + (index % 26));
    const path = join(folder, clipFiles.fragment(index));
    const sealed = await (sealTo === viewers ? sealOnce(path, content) : writeSealed(path, content, sealTo));
    fragments.push({ index, startMs: index * 2_000, durationMs: 2_000, ...sealed });
  }
  const closed =
    clip.closed === undefined ? { endWallMs: startWallMs + count * 2_000, reason: "quiet" } : clip.closed;
  const manifest: ClipManifest = {
    version: 1,
    clip: id,
    startWallMs,
    codec: "avc1.42c01f",
    width: 640,
    height: 480,
    events: clip.events ?? [eventIn(`${id.slice(0, 20)}-event`, startWallMs)],
    fragments: closed === null ? [] : fragments,
    closed,
  };
  await writeDurableJson(join(folder, clipFiles.manifest), manifest);
  return { folder, fragments };
}

/** A file that holds the same already stays as it is: the eye seals a fragment once. */
async function sealOnce(path: string, content: Buffer): Promise<Sealed> {
  const before = await readFile(path).catch(() => null);
  if (before === null || !content.equals(open(before, [viewer]))) return writeSealed(path, content, viewers);
  return { bytes: before.length, sha256: createHash("sha256").update(before).digest("hex") };
}

export async function leaveBehind(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, "half a file");
  return path;
}
