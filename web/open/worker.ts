/**
 * Worker: opens files beside the page's own thread, one after the other.
 *
 * Told the seed once, then files with a number; answers each with its plain bytes or a fault.
 */
import { sealSecretOf } from "../../daemon/identity/keys.ts";
import { toFault } from "../../hal/fault.ts";
import { openerWith, type Opener } from "./age.ts";
import type { Answer, Order } from "./orders.ts";

let opener: Opener | null = null;

function answer({ id, file }: Extract<Order, { id: number }>): Answer {
  try {
    if (opener === null) return { id, fault: { kind: "denied", message: "this browser has no key" } };
    return { id, plain: opener.open(file) };
  } catch (error) {
    const { kind, message, hint } = toFault(error);
    return { id, fault: { kind, message, hint } };
  }
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  if ("seed" in data) {
    opener = openerWith(sealSecretOf(data.seed));
    return;
  }
  const reply = answer(data);
  const transfer = "plain" in reply ? [reply.plain.buffer] : [];
  postMessage(reply, { transfer });
});
