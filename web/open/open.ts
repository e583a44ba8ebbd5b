/**
 * Open: sealed bytes in, plain bytes or a new header out, by a worker that holds the viewer's key.
 *
 * The worker starts when the key is given, long before a recording is clicked, and ends with it.
 * Without a key everything is Fault `denied`. `bytes` are handed over: do not use them afterwards.
 */
import { Fault } from "../../hal/fault.ts";
import type { Rewrapped } from "./age.ts";
import type { Answer, Order, What } from "./orders.ts";

type Done = Extract<Answer, { done: unknown }>["done"];

interface Waiting {
  readonly resolve: (done: Done) => void;
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
  return plainOf(await ask(bytes, { do: "open" }));
}

/**
 * The header with which this file is for somebody else, and the hashes of both together. Only the header
 * is opened: whether the payload is whole is seen by who plays it. Throws as `open`.
 */
export async function rewrap(bytes: Uint8Array<ArrayBuffer>, point: Uint8Array): Promise<Rewrapped> {
  const done = await ask(bytes, { do: "rewrap", point });
  if (done instanceof Uint8Array) throw new Fault("bug", "the worker opened what it should hand on");
  return done;
}

/** As `open`, if this is still the very file that was handed on; Fault `corrupt` if not. */
export async function openSame(
  bytes: Uint8Array<ArrayBuffer>,
  as: Rewrapped,
): Promise<Uint8Array<ArrayBuffer>> {
  return plainOf(await ask(bytes, { do: "open-same", as }));
}

function plainOf(done: Done): Uint8Array<ArrayBuffer> {
  if (done instanceof Uint8Array) return done;
  throw new Fault("bug", "the worker handed on what it should open");
}

async function ask(file: Uint8Array<ArrayBuffer>, what: What): Promise<Done> {
  const opening = worker;
  if (opening === null) throw new Fault("denied", "this browser has no key");
  const id = (next += 1);
  const { promise, resolve, reject } = Promise.withResolvers<Done>();
  waiting.set(id, { resolve, reject });
  opening.postMessage({ id, file, what } satisfies Order, { transfer: [file.buffer] });
  return promise;
}

function settle(answer: Answer): void {
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (asked === undefined) return;
  if ("done" in answer) return asked.resolve(answer.done);
  const { kind, message, hint } = answer.fault;
  asked.reject(new Fault(kind, message, { hint }));
}
