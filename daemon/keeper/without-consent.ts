/**
 * Without consent: the status for who looks after the doorbell and does not live there (installers, testers): not
 * what was asked of the house, nor that anything leaves it. Pure.
 */
import type { Status } from "../wire/api-status.ts";

export function withoutConsent(status: Status): Status {
  const stages = status.stages.filter(({ name }) => name !== "gate");
  return { ...status, requests: 0, sending: 0, stages };
}
