/**
 * Outcome: what became of a policy that was put, by what the doorbell says of itself afterwards. Pure.
 */
import type { Status } from "../../daemon/wire/api.ts";

export type Outcome =
  | { readonly kind: "waiting" }
  | { readonly kind: "in-force"; readonly version: number; readonly visibleFrac: number }
  | { readonly kind: "refused"; readonly why: string };

export function outcomeOf(version: number, status: Status | null): Outcome {
  if (status === null) return { kind: "waiting" };
  const { policyVersion, visibleFrac, fault } = status.mask;
  if (policyVersion !== null && policyVersion >= version) {
    return fault === undefined
      ? { kind: "in-force", version: policyVersion, visibleFrac }
      : { kind: "refused", why: inWords(fault) };
  }
  return { kind: "waiting" };
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
