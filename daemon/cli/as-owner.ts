/**
 * As owner: root at the console becomes the user whose data it is, before it writes there.
 *
 * A file that root makes in the data folder could not be read by the doorbell afterwards.
 */
import { lchownSync, lstatSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Nothing for who is not root, and for data of root's own. For good: there is no way back. */
export function becomeOwnerOf(folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  if (uid === 0) return;
  process.setgroups?.([gid]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}

/**
 * For who must stay root, to reach the hardware: what root made at these paths goes to the owner of the folder
 * that each is in, and so on downwards. Nothing for who is not root. Links are not followed.
 */
export function giveToOwner(paths: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  for (const path of paths) {
    const made = lstatSync(path, { throwIfNoEntry: false });
    if (made === undefined) continue;
    if (made.uid === 0) {
      const { uid, gid } = statSync(dirname(path));
      lchownSync(path, uid, gid);
    }
    if (made.isDirectory()) giveToOwner(readdirSync(path).map((name) => join(path, name)));
  }
}
