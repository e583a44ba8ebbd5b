/**
 * May: which parts of the page a role gets to see. Pure.
 *
 * The doorbell refuses for itself (each route states its roles); this keeps the page from showing
 * what would be refused.
 */
import type { Closer } from "../../daemon/wire/privacy.ts";
import { isViewer, type Role } from "../../daemon/household/roles.ts";

export interface May {
  readonly watchLive: boolean;
  readonly seeEvents: boolean;
  readonly removeEvents: boolean;
  /** Says of an event that it was worth telling, or a false alarm. */
  readonly markEvents: boolean;
  readonly pressButton: boolean;
  readonly changePeople: boolean;
  readonly drawLine: boolean;
  /** Closes the camera's sight and opens it (privacy now), as whom; null = not for this role. */
  readonly closeSight: Closer | null;
  /** Says no, mutes, says where the house is, records court orders. Reading is for all who see events. */
  readonly answerRequests: boolean;
  readonly share: boolean;
  /** Answers the door. */
  readonly talk: boolean;
  /** Makes quick replies and chooses the chime's tone. */
  readonly makeReplies: boolean;
}

export function mayOf(role: Role): May {
  return {
    watchLive: role !== "tester",
    seeEvents: isViewer(role),
    removeEvents: role === "owner",
    markEvents: isViewer(role),
    pressButton: role !== "member",
    changePeople: role === "owner",
    drawLine: role === "owner",
    closeSight: role === "owner" || role === "member" ? role : null,
    answerRequests: role === "owner",
    share: role === "owner",
    talk: isViewer(role),
    makeReplies: role === "owner",
  };
}
