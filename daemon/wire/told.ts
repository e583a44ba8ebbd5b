/**
 * Told: what the systems of the house (MQTT) may know of the door: what happened, and how the doorbell is.
 *
 * Words and figures only. No picture, no score, no name of a person, no place, no request, no clip: whoever
 * reads along at the broker learns what somebody learns who stands beside the door, and how the machine is.
 * Sent to the courier only when the settings name a broker.
 */
import { z } from "zod";
import { pirStates } from "../sight/pir-track.ts";

const id = z.string().regex(/^[0-9a-z-]{8,40}$/);

/** Who may be told. */
export const alertChannels = ["mqtt", "ntfy", "webhook"] as const;
export type AlertChannel = (typeof alertChannels)[number];

/** Somebody rang, or something began to move. */
export const happenedSchema = z.strictObject({
  type: z.literal("happened"),
  event: id,
  kind: z.enum(["ring", "motion"]),
  wallMs: z.int().min(0),
  /** How long ago by running time: a wall clock that steps makes nothing older. */
  agoMs: z.number().min(0),
  /** Channels that need not be told any more: another courier was done with them. */
  done: z.array(z.enum(alertChannels)).max(alertChannels.length),
  /** The owner's names of the zones it was seen in. */
  zones: z.array(z.string().max(40)).max(16),
});
export type HappenedSaid = z.output<typeof happenedSchema>;

/** A channel is done with it: it is there, or became too old. Said again until then when the courier comes anew. */
export const happenedDoneSchema = z.strictObject({
  type: z.literal("happened-done"),
  event: id,
  channel: z.enum(alertChannels),
});

/** Whole each time: who hears one message knows everything. */
export const factsSchema = z.strictObject({
  type: z.literal("facts"),
  /** Made from the doorbell's own key: it stays when names, addresses and versions change. */
  device: z.string().regex(/^[0-9a-f]{16}$/),
  name: z.string().min(1).max(60),
  version: z.string().max(40),
  /** The page on the home network; null = it is for this machine only. */
  page: z.string().max(200).nullable(),
  camera: z.enum(["opening", "running", "stalled", "failed", "asleep"]),
  motion: z.boolean(),
  /** null = none is set. */
  pir: z.enum(pirStates).nullable(),
  recording: z.boolean(),
  /** Somebody watches live now. */
  watched: z.boolean(),
  /** The camera was moved, covered, or sees another scene. */
  tamper: z.boolean(),
  /** Nothing of the picture is shown or recorded: no line is in force, or it was closed. */
  masked: z.boolean(),
  diskFull: z.boolean(),
  diskFreeMb: z.int().min(0).nullable(),
  temperatureC: z.number().min(-100).max(200).nullable(),
  /** What is wrong, as the health page says it. */
  problems: z.array(z.string().max(200)).max(8),
});
export type Facts = z.output<typeof factsSchema>;
