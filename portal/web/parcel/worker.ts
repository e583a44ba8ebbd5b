/**
 * Worker: checks a parcel's files against the letter and opens them, beside the page's own thread.
 *
 * Told the secret key once, then files with a number; a file is opened only after every chunk's hash fitted.
 */
import "../no-eval.ts";
import { toFault } from "../../../hal/fault.ts";
import { openerWith, type Opener } from "../../../web/open/age.ts";
import { hashHex } from "./hash.ts";
import type { Answer, Order } from "./orders.ts";
import { openFile } from "./parcel.ts";

let opener: Opener | null = null;

async function answer({ id, file, expected }: Extract<Order, { id: number }>): Promise<Answer> {
  try {
    if (opener === null) return { id, fault: { kind: "denied", message: "there is no key to open it with" } };
    const opening = opener;
    const open = (sealed: Uint8Array): Uint8Array<ArrayBuffer> => opening.open(sealed);
    return {
      id,
      plain: expected === null ? open(file) : await openFile(file, expected, { open, hash: hashHex }),
    };
  } catch (error) {
    const { kind, message, hint } = toFault(error);
    return { id, fault: { kind, message, hint } };
  }
}

async function obey(order: Order): Promise<void> {
  if ("secret" in order) {
    opener = openerWith(order.secret);
    return;
  }
  const reply = await answer(order);
  postMessage(reply, { transfer: "plain" in reply ? [reply.plain.buffer] : [] });
}

addEventListener("message", ({ data }: MessageEvent<Order>) => void obey(data));
