/**
 * Reach: the self-test asks the courier whether the hosts that the settings name answer.
 *
 * The keeper names no host: the courier has the list, and calls each of them once.
 */
import { z } from "zod";
import { faultSchema } from "./fault.ts";

const id = z.string().regex(/^[0-9a-z-]{8,40}$/u);

/** Portal, archive, ntfy, webhook, and 16 docks. */
export const mostHosts = 20;

export const reachResults = ["reached", "unreachable", "certificate", "clock", "strange"] as const;

/** How one host answered. */
export const hostReachSchema = z.strictObject({
  host: z.string().max(300),
  /**
   * unreachable = no connection; certificate = it is not valid for that name; clock = it is valid later, so that one
   * of the clocks is wrong; strange = an answer that is not the one of such a host.
   */
  result: z.enum(reachResults),
  tookMs: z.number().min(0),
  /** So much is this machine's clock ahead of the host's, in seconds; null = the host did not say. */
  aheadS: z.number().nullable(),
  fault: faultSchema.optional(),
});
export type HostReach = z.output<typeof hostReachSchema>;

/** Call each host of your list once. A second one ends the first. */
export const reachSchema = z.strictObject({ type: z.literal("reach"), reach: id });

/** The answer, once; empty = the settings name no host. */
export const reachedSchema = z.strictObject({
  type: z.literal("reached"),
  reach: id,
  hosts: z.array(hostReachSchema).max(mostHosts),
});
export type Reached = z.output<typeof reachedSchema>;
