/**
 * Roles: who may do what at this doorbell. Pure; the page imports it too.
 *
 * owner      everything; the only one whose signature changes anything
 * member     watches: live, events, recordings (sealed to their key too)
 * installer  calibrates: live masked picture, motion zones, status; no events, no recordings
 * tester     proves the hardware: status, counters, simulated sensors; no picture at all
 */
export const roles = ["owner", "member", "installer", "tester"] as const;
export type Role = (typeof roles)[number];

/** Roles to whose seal key recordings are sealed. */
export function isViewer(role: Role): boolean {
  return role === "owner" || role === "member";
}
