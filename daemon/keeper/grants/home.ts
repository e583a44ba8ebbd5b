/**
 * Home: what a folder is to its disk and to no copy of it: its inode and when that was made.
 *
 * A data folder that was put back from a backup may hold a grant as it was before it was revoked. Copying
 * (cp, rsync, tar) makes new folders, so a grant whose folder is another one than it was made in is
 * suspended until an owner says that it goes on. Moving keeps it.
 *
 * What it cannot see: an image of the whole disk, and single files put back into a folder that stayed. The
 * rolled-back ledger shows both to the owners' browsers; the doorbell alone cannot know.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";

export function homesBelow(root: string): (folder: string) => Promise<string | null> {
  return async (folder) => {
    try {
      const { ino, birthtimeNs } = await stat(join(root, folder), { bigint: true });
      return `${ino}-${birthtimeNs}`;
    } catch {
      return null; // a folder that cannot be looked at counts as one that is not known
    }
  };
}
