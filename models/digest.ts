/** Digest: of a file in memory, a part at a time, so that who sees and records meanwhile is not held up. */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";

const partBytes = 1024 * 1024;

/** sha256, in hex. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += partBytes) {
    hash.update(bytes.subarray(at, at + partBytes));
    await setImmediate();
  }
  return hash.digest("hex");
}
