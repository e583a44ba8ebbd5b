/**
 * Outcome: what became of a policy that was put, by what the doorbell says of itself afterwards. Pure.
 */
import type { Status } from "../../daemon/wire/api.ts";

export type Outcome =
  | { readonly kind: "waiting" }
  | { readonly kind: "in-force"; readonly version: number; readonly visibleFrac: number }
  | { readonly kind: "refused"; readonly why: string };

/**
 * `slow`: there was time enough to take it; a fault that still stands is then the answer, and before
 * that may be an older one.
 */
export function outcomeOf(version: number, status: Status | null, slow: boolean): Outcome {
  if (status === null) return { kind: "waiting" };
  const { policyVersion, visibleFrac, fault } = status.mask;
  if (policyVersion !== null && policyVersion >= version) {
    return fault === undefined
      ? { kind: "in-force", version: policyVersion, visibleFrac }
      : { kind: "refused", why: inWords(fault) };
  }
  return slow && fault !== undefined ? { kind: "refused", why: inWords(fault) } : { kind: "waiting" };
}

export function inWords({
  message,
  hint,
}: {
  readonly message: string;
  readonly hint?: string | undefined;
}): string {
  return hint === undefined ? message : `${message} (${hint})`;
}
