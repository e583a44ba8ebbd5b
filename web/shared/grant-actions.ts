/**
 * GrantActions: what an owner can do about a grant in its state. Pure.
 *
 * The doorbell decides for itself (daemon/consent/grant-state.ts); this keeps the page from offering what
 * would be refused.
 */
import { isAnswerable, isShare } from "../../daemon/consent/grant-state.ts";
import type { GrantCard, GrantState } from "../../daemon/wire/api-consent.ts";

export type GrantAction = "cancel" | "stop" | "take-back" | "resume" | "ask-deletion" | "look";

type Card = Pick<GrantCard, "state" | "destination" | "deliveredWallMs"> & {
  readonly recipient: Pick<GrantCard["recipient"], "deliverTo">;
};

export function actionsOf(card: Card): GrantAction[] {
  const { state, deliveredWallMs } = card;
  const answers = isAnswerable(card);
  switch (state) {
    case "ready":
      return ["cancel"];
    case "sending":
      return ["stop"];
    case "suspended":
      return ["resume", "stop"];
    case "delivered":
      if (isShare(card)) return ["take-back"];
      return answers ? ["look", "ask-deletion"] : [];
    case "receipted":
    case "closed":
      return answers ? ["ask-deletion"] : [];
    case "revoked":
    case "expired":
    case "failed":
      return answers && deliveredWallMs !== null ? ["ask-deletion"] : [];
    case "deletion-asked":
    case "unanswered":
    case "kept":
      return ["look"];
    case "cancelled":
    case "deleted":
      return [];
  }
}

export type GrantFilter = "all" | "running" | "arrived" | "stopped";

const groups: Readonly<Record<GrantState, Exclude<GrantFilter, "all">>> = {
  ready: "running",
  sending: "running",
  suspended: "running",
  delivered: "arrived",
  receipted: "arrived",
  closed: "arrived",
  "deletion-asked": "arrived",
  deleted: "arrived",
  kept: "arrived",
  unanswered: "arrived",
  cancelled: "stopped",
  revoked: "stopped",
  expired: "stopped",
  failed: "stopped",
};

export function isIn({ state }: Pick<GrantCard, "state">, filter: GrantFilter): boolean {
  return filter === "all" || groups[state] === filter;
}

/** Worth looking at again soon: it goes on by itself. */
export function isMoving({ state }: Pick<GrantCard, "state">): boolean {
  return state === "ready" || state === "sending";
}

/** For its colour: nothing to do, on its way, look at it, stopped. */
export function toneOf(state: GrantState): "calm" | "moving" | "look" | "off" {
  if (state === "ready" || state === "sending") return "moving";
  if (["suspended", "failed", "kept", "unanswered"].includes(state)) return "look";
  return groups[state] === "stopped" ? "off" : "calm";
}
