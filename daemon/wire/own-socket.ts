/**
 * Own socket: a unix socket that no other user of this machine can reach.
 *
 * A socket file alone means nothing: a crash leaves it. `answersAt` asks whether somebody is there;
 * who listens takes the path over from one that died.
 */
import { once } from "node:events";
import { existsSync, statSync, unlinkSync } from "node:fs";
import { connect, type Server } from "node:net";
import { dirname } from "node:path";
import { Fault, systemCode, toFault } from "../../hal/fault.ts";

/** Where sockets lie on a card that went read-only, nothing of the house can start. */
export const readOnlyHint =
  "the card is mounted read-only or has failed (dmesg tells): mount it writable or replace it; " +
  "with --run=/run/sill the sockets lie elsewhere, and the bell rings meanwhile";

/**
 * From its first moment only this user may knock, and the group of its folder where the umask is 007, which
 * says so (three users on a device). Rejects with the system's error when the path cannot be bound, or with Fault
 * `denied` when that is because of a read-only card.
 */
export async function listenHere(server: Server, path: string): Promise<void> {
  try {
    await bind(server, path);
  } catch (error) {
    if (systemCode(error) !== "EROFS") throw error;
    throw new Fault("denied", `no socket can be made in ${dirname(path)}: its file system is read-only`, {
      hint: readOnlyHint,
      cause: error,
    });
  }
}

async function bind(server: Server, path: string): Promise<void> {
  statSync(dirname(path)); // a missing folder is ENOENT here and EACCES in libuv's bind
  if (existsSync(path)) unlinkSync(path);
  const listening = once(server, "listening"); // rejects on "error"
  const mask = process.umask(0o177);
  if (mask === 0o007) process.umask(0o117);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await listening;
}

/** Does somebody listen there? Rejects with Fault `denied` when that is not ours to know. */
export function answersAt(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error) => {
      const fault = toFault(error, `cannot ask at ${path}`);
      if (fault.kind === "denied") reject(fault);
      else resolve(false);
    });
  });
}
