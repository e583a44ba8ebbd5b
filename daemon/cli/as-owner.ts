/**
 * As owner: root at the console becomes the user whose data it is, before it writes there.
 *
 * A file that root makes in the data folder could not be read by the doorbell afterwards.
 */
import { statSync } from "node:fs";

/** Nothing for who is not root, and for data of root's own. For good: there is no way back. */
export function becomeOwnerOf(folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  if (uid === 0) return;
  process.setgroups?.([gid]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}
