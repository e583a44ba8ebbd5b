/**
 * Identity file: a secret key where its owner wants it, as `age-keygen` writes one.
 *
 * New, and readable by this user alone (mode 0600); it never takes the place of another file. Made
 * by people's commands only: no process of the doorbell holds such a key.
 */
import { writeFile } from "node:fs/promises";
import { Fault, toFault } from "../../hal/fault.ts";
import { formatIdentity, recipientOf, type Identity } from "./age/keys.ts";

/** Throws Fault `denied` when there is a file already. */
export async function writeIdentityFile(path: string, identity: Identity): Promise<void> {
  try {
    await writeFile(path, formatIdentityFile(identity), { mode: 0o600, flag: "wx", flush: true });
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!exists) throw toFault(error, `cannot write ${path}`);
    throw new Fault("denied", `${path} is already there and is not overwritten`, {
      hint: "choose another name",
    });
  }
}

/** Holds the secret itself. */
export function formatIdentityFile(identity: Identity): string {
  return `# public key: ${recipientOf(identity).text}\n${formatIdentity(identity)}\n`;
}
