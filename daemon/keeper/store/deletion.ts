/**
 * Deletion: a clip goes in three steps, rows marked, files removed, rows removed.
 *
 * A crash or a failure between two steps leaves a marked row, which every sweep and every start
 * takes up again: nothing stays on the disk that no row knows of. A marked clip is not shown.
 */
import { rmSync } from "node:fs";
import { clipFolder, type DataPaths } from "../../wire/paths.ts";
import type { Access } from "./access.ts";
import { clipFolders, readManifest } from "./folders.ts";
import { sqliteFault } from "./sqlite-faults.ts";

/** `andRows` joins the last transaction. */
export function deleteClips(access: Access, ids: readonly string[], andRows: () => void): void {
  const { database, paths, writer } = access;
  const start = database.prepare("SELECT start_wall_ms FROM clips WHERE id = ?");
  const folders = ids.map((id) => clipFolder(paths, id, Number(start.get(id)?.start_wall_ms ?? 0)));
  if (ids.length > 0) mark(access, ids);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  writer.transaction(() => {
    for (const id of ids) writer.clips.delete(id);
    andRows();
  });
}

function mark({ writer }: Access, ids: readonly string[]): void {
  try {
    writer.transaction(() => ids.forEach((id) => writer.clips.markDeleting(id)));
  } catch (error) {
    // On a full disk even a mark finds no room. Files first, then: reconcile drops the rows of a
    // folder that is gone just as well.
    if (sqliteFault(error).kind !== "exhausted") throw error;
  }
}

/** Takes up what was cut off; to be called inside a transaction. */
export function finishDeletions({ database, paths, writer }: Access): void {
  for (const row of database.prepare("SELECT id, start_wall_ms FROM clips WHERE deleting = 1").all()) {
    const id = String(row.id);
    rmSync(clipFolder(paths, id, Number(row.start_wall_ms)), { recursive: true, force: true });
    writer.clips.delete(id);
  }
}

/**
 * For a disk so full that not even the index opens: removes the oldest finished clip by its folder
 * alone, and answers its id (null = there is none). Its rows go when the index opens.
 */
export function removeOldestFolder(paths: DataPaths): string | null {
  const oldest = clipFolders(paths).find((folder) => readManifest(folder)?.closed);
  if (oldest === undefined) return null;
  rmSync(oldest.path, { recursive: true, force: true });
  return oldest.id;
}
