/**
 * Orders: what the page and the worker that opens files say to each other.
 */
import type { FaultKind } from "../../hal/fault.ts";

export type Order = { readonly seed: Uint8Array } | { readonly id: number; readonly file: Uint8Array };

export type Answer =
  | { readonly id: number; readonly plain: Uint8Array<ArrayBuffer> }
  | {
      readonly id: number;
      readonly fault: {
        readonly kind: FaultKind;
        readonly message: string;
        readonly hint?: string | undefined;
      };
    };
