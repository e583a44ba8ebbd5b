/**
 * Orders: what the page and the worker that opens a parcel's files say to each other.
 */
import type { FaultKind } from "../../../hal/fault.ts";

/** What a file must be before it is opened; null = the letter, of which nothing is known yet. */
export interface Expected {
  readonly name: string;
  readonly bytes: number;
  readonly chunks: readonly string[];
}

export type Order =
  | { readonly secret: Uint8Array }
  | { readonly id: number; readonly file: Uint8Array<ArrayBuffer>; readonly expected: Expected | null };

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
