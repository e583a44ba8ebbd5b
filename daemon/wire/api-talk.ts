/**
 * API of talk: calls, replies, chime tones. What the page and the keeper say about them.
 */
import { z } from "zod";
import { toneNames } from "../../hal/tones/tones.ts";
import { faultSchema } from "./fault.ts";
import { mostOfferBytes } from "./call.ts";

/** `off`: by settings. */
const soundPartSchema = z.object({
  state: z.enum(["off", "ok", "failed"]),
  name: z.string(),
  fault: faultSchema.optional(),
});

export const replyNameSchema = z.string().trim().min(1).max(60);
export const replyWordsSchema = z.string().trim().min(1).max(160);
export const replySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["spoken", "recorded"]),
  ms: z.int(),
});
export type Reply = z.output<typeof replySchema>;

export const volumeSchema = z.int().min(0).max(100);
export const chimeChoiceSchema = z.strictObject({ tone: z.enum(toneNames), volume: volumeSchema });
export type ChimeChoice = z.output<typeof chimeChoiceSchema>;

export const talkStateSchema = z.object({
  enabled: z.boolean(),
  speaker: soundPartSchema,
  microphone: soundPartSchema,
  /** Does the policy in force allow that the door is heard? */
  mayHear: z.boolean(),
  calls: z.int(),
  mostCalls: z.int(),
  replies: z.array(replySchema),
  /** Can this doorbell speak words that somebody types? */
  canSpeak: z.boolean(),
  chime: chimeChoiceSchema.extend({
    /** Does a ring sound through the speaker? */
    used: z.boolean(),
  }),
});
export type TalkState = z.output<typeof talkStateSchema>;

export const callBody = z.strictObject({ sdp: z.string().min(1).max(mostOfferBytes) });
/** Why a door may not be heard now: not signed, its sight is closed, or its eye does not obey the newest policy yet. */
const silences = ["policy", "closed", "not-yet"] as const;
export type Silence = (typeof silences)[number];
/** Is the door heard in a call (`untold`: and no tone could say so there); else why not. */
export const heardSchema = z.enum(["yes", "untold", ...silences, "microphone", "not-asked"]);
export type Heard = z.output<typeof heardSchema>;
/** `heard`: now. What it is later is told: the notice `call-heard`. */
export const callSchema = z.object({ id: z.string(), sdp: z.string(), heard: heardSchema });
export type CallAnswer = z.output<typeof callSchema>;
export const talkingSchema = z.strictObject({ talking: z.boolean() });
