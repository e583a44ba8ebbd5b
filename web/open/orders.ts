/**
 * Orders: what the page and the worker that opens files say to each other.
 */
import type { FaultKind } from "../../hal/fault.ts";

import type { Rewrapped } from "./age.ts";

export type Order = { readonly seed: Uint8Array } | Task;

export interface Task {
  readonly id: number;
  readonly file: Uint8Array;
  readonly what: What;
}

export type What =
  | { readonly do: "open" }
  /** `point`: the recipient's. */
  | { readonly do: "rewrap"; readonly point: Uint8Array }
  | { readonly do: "open-same"; readonly as: Rewrapped };

export type Answer =
  | { readonly id: number; readonly done: Uint8Array<ArrayBuffer> | Rewrapped }
  | {
      readonly id: number;
      readonly fault: {
        readonly kind: FaultKind;
        readonly message: string;
        readonly hint?: string | undefined;
      };
    };
