/**
 * Worker: opens files beside the page's own thread, one after the other, and hands them on.
 *
 * Told the seed once, then files with a number; answers each with what came of it or a fault.
 */
import { sealSecretOf } from "../../daemon/identity/keys.ts";
import { toFault } from "../../hal/fault.ts";
import { openerWith, type Opener } from "./age.ts";
import type { Answer, Order, Task } from "./orders.ts";

let opener: Opener | null = null;

function work(opener: Opener, { file, what }: Task): Extract<Answer, { done: unknown }>["done"] {
  if (what.do === "rewrap") return opener.rewrap(file, what.point);
  return what.do === "open" ? opener.open(file) : opener.openSame(file, what.as);
}

function answer(task: Task): Answer {
  const { id } = task;
  try {
    if (opener === null) return { id, fault: { kind: "denied", message: "this browser has no key" } };
    return { id, done: work(opener, task) };
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
  const transfer = "done" in reply && reply.done instanceof Uint8Array ? [reply.done.buffer] : [];
  postMessage(reply, { transfer });
});
