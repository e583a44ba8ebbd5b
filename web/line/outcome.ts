/**
 * Outcome: what became of a policy that was put, by what the doorbell says of itself afterwards. Pure.
 */
import type { Status } from "../../daemon/wire/api-status.ts";

export type Outcome =
  | { readonly kind: "waiting" }
  | { readonly kind: "in-force"; readonly version: number; readonly visibleFrac: number }
  | { readonly kind: "refused"; readonly why: string };

/**
 * `slow`: there was time enough to take it. What still stands then is the answer: before, a fault may
 * be an older one, and no picture may have been made yet under the new policy.
 */
export function outcomeOf(version: number, status: Status | null, slow: boolean): Outcome {
  if (status === null) return { kind: "waiting" };
  const { policyVersion, visibleFrac, fault } = status.mask;
  if (policyVersion !== null && policyVersion >= version) {
    if (fault !== undefined) return { kind: "refused", why: inWords(fault) };
    if (visibleFrac === 0 && !slow) return { kind: "waiting" };
    return { kind: "in-force", version: policyVersion, visibleFrac };
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
