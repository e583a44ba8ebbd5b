/**
 * Opener: a worker with one secret key, for as long as a parcel is looked at.
 *
 * The key is copied into the worker and goes nowhere else. `open` hands its bytes over: do not use them
 * afterwards. After `close` everything under way is Fault `cancelled`.
 */
import { Fault } from "../../../hal/fault.ts";
import type { Answer, Expected, Order } from "./orders.ts";

interface Waiting {
  readonly resolve: (plain: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (fault: Fault) => void;
}

export interface ParcelOpener {
  open(file: Uint8Array<ArrayBuffer>, expected: Expected | null): Promise<Uint8Array<ArrayBuffer>>;
  close(): void;
}

/** `secret`: 32 bytes, the X25519 half of an age identity. */
export function startOpener(secret: Uint8Array): ParcelOpener {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  const stop = (fault: Fault): void => {
    worker.terminate();
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (asked === undefined) return;
    if ("plain" in data) return asked.resolve(data.plain);
    const { kind, message, hint } = data.fault;
    asked.reject(new Fault(kind, message, { hint }));
  });
  worker.addEventListener("error", () => stop(new Fault("unavailable", "parcels cannot be opened here")));
  worker.postMessage({ secret } satisfies Order, { transfer: [] });
  return {
    async open(file, expected) {
      const id = (next += 1);
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, file, expected } satisfies Order, { transfer: [file.buffer] });
      return promise;
    },
    close: () => stop(new Fault("cancelled", "closed")),
  };
}
