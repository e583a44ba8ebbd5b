/**
 * Open: sealed bytes in, plain bytes out, by a worker that holds the viewer's key.
 *
 * The worker starts when the key is given, long before a recording is clicked, and ends with it.
 * Without a key everything is Fault `denied`. `bytes` are handed over: do not use them afterwards.
 */
import { Fault } from "../../hal/fault.ts";
import type { Answer, Order } from "./orders.ts";

interface Waiting {
  readonly resolve: (plain: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (fault: Fault) => void;
}

let worker: Worker | null = null;
let next = 0;
const waiting = new Map<number, Waiting>();

/** `seed`: what the viewer's keys are made of (daemon/identity/keys.ts). */
export function useKey(seed: Uint8Array): void {
  forgetKey();
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => settle(data));
  worker.addEventListener("error", () => stop(new Fault("unavailable", "recordings cannot be opened")));
  worker.postMessage({ seed } satisfies Order, { transfer: [] });
}

export function forgetKey(): void {
  stop(new Fault("denied", "this browser has no key any more"));
}

function stop(fault: Fault): void {
  worker?.terminate();
  worker = null;
  for (const { reject } of waiting.values()) reject(fault);
  waiting.clear();
}

/** Throws Fault `denied` (no key, or sealed to others), `corrupt` (cut off or changed). */
export async function open(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const opening = worker;
  if (opening === null) throw new Fault("denied", "this browser has no key");
  const id = (next += 1);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  waiting.set(id, { resolve, reject });
  opening.postMessage({ id, file: bytes } satisfies Order, { transfer: [bytes.buffer] });
  return promise;
}

function settle(answer: Answer): void {
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (asked === undefined) return;
  if ("plain" in answer) return asked.resolve(answer.plain);
  const { kind, message, hint } = answer.fault;
  asked.reject(new Fault(kind, message, { hint }));
}
