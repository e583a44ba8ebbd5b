/**
 * The API's shapes of alerts: the rules by which somebody is told, snoozes, and what was told and what was not.
 */
import { z } from "zod";
import { rulesSchema } from "../alerts/rules.ts";
import { snoozeLengths, snoozeSchema } from "../alerts/snooze.ts";
import { alertKinds } from "../alerts/kinds.ts";
import { countShapes, sumReasons } from "../alerts/sum.ts";
import { reasons } from "../alerts/verdict.ts";
import { faultSchema } from "./fault.ts";
import { houseChannels } from "./told.ts";

/** PUT /api/alerts/snooze and /api/alerts/house/snooze. */
export const snoozeAskSchema = z.strictObject({
  length: z.enum(snoozeLengths),
  /** Rings are told all the same. */
  ringThrough: z.boolean(),
  /** Where "morning" is. */
  timeZone: rulesSchema.shape.timeZone,
});
export type SnoozeAsk = z.output<typeof snoozeAskSchema>;

const listening = {
  rules: rulesSchema,
  snooze: snoozeSchema.nullable(),
  /** Happenings that wait for their digest. */
  held: z.int(),
};

/** What became of one happening, or digest, for one listener. */
const outcomeSchema = z.object({
  told: z.enum(["now", "later", "never"]),
  why: z.enum(reasons).nullable(),
});
export type Outcome = z.output<typeof outcomeSchema>;

export const toldEntrySchema = z.object({
  id: z.string(),
  wallMs: z.int(),
  what: z.enum([...alertKinds, "digest"]),
  zones: z.array(z.string()),
  /** Of a digest: how many it says, and why they waited. */
  sum: z.object({ ...countShapes, why: z.enum(sumReasons) }).nullable(),
  /** For the person who asks, and for the house's channels; null = it was not theirs. */
  own: outcomeSchema.nullable(),
  house: outcomeSchema.nullable(),
});
export type ToldEntry = z.output<typeof toldEntrySchema>;

export const channelStateSchema = z.object({
  channel: z.enum(houseChannels),
  /** Named in the settings. */
  on: z.boolean(),
  /** Since the doorbell was started; null = not yet. */
  lastTakenWallMs: z.int().nullable(),
  /** Given up: refused for good, or too old. */
  lastDroppedWallMs: z.int().nullable(),
  /** Why the last attempt failed; null = it did not. */
  fault: z.string().nullable(),
});
export type ChannelState = z.output<typeof channelStateSchema>;

/** GET /api/alerts. */
export const alertsSchema = z.object({
  own: z.object(listening),
  house: z.object({
    ...listening,
    /** Kinds that the settings let ntfy and webhook be told of (alerts.kinds): rules can say less. */
    kinds: rulesSchema.shape.kinds,
    channels: z.array(channelStateSchema),
  }),
  /** Newest first, at most 50, since the doorbell was started. */
  recent: z.array(toldEntrySchema),
  /** Names of the drawn motion zones. */
  zones: z.array(z.string()),
  /** Why everything is told whatever was chosen; null = the rules hold. */
  fault: faultSchema.nullable(),
});
export type AlertsView = z.output<typeof alertsSchema>;
