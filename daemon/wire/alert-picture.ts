/**
 * Alert picture: one small masked picture that goes with an alert, where the signed policy lets it (publish.ntfy,
 * publish.webhook).
 *
 *   keeper -> eye       make one for these channels          the eye asks the policy itself
 *   eye -> keeper       here it is, for these; or why not    in memory only, at both ends
 *   keeper -> courier   send it there                        after the ledger has it, durable
 *   courier -> keeper   it is there, or why not
 *
 * The only picture that the courier is ever told, and the only one that leaves the eye neither sealed nor as live video.
 */
import { z } from "zod";
import { toldKinds } from "../alerts/kinds.ts";
import { faultSchema } from "./fault.ts";

const id = z.string().regex(/^[0-9a-z-]{8,40}$/);

export const pictureChannels = ["ntfy", "webhook"] as const;
export type PictureChannel = (typeof pictureChannels)[number];

export const mostPictureBytes = 100 * 1024;
export const longestPicturePx = 640;

const channel = z.enum(pictureChannels);
const channels = z.array(channel).min(1).max(pictureChannels.length);
const jpeg = z
  .base64()
  .min(1)
  .max(4 * Math.ceil(mostPictureBytes / 3));

export const pictureWantedSchema = z.strictObject({ type: z.literal("picture-wanted"), event: id, channels });
export type PictureWanted = z.output<typeof pictureWantedSchema>;

export const pictureMadeSchema = z.strictObject({
  type: z.literal("picture-made"),
  event: id,
  /** Those of the wanted ones that the policy lets. */
  channels,
  jpeg,
});

export const pictureRefusedSchema = z.strictObject({
  type: z.literal("picture-refused"),
  event: id,
  fault: faultSchema,
});
export type PictureAnswer = z.output<typeof pictureMadeSchema> | z.output<typeof pictureRefusedSchema>;

export const pictureSendSchema = z.strictObject({
  type: z.literal("picture-send"),
  event: id,
  channel,
  /** As the words had it that went last: on a phone it takes their place. */
  kind: z.enum(toldKinds),
  zones: z.array(z.string().max(40)).max(16),
  wallMs: z.int().min(0),
  jpeg,
  /** Of the JPEG, hex: as the ledger has it. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PictureSend = z.output<typeof pictureSendSchema>;

export const pictureDoneSchema = z.strictObject({
  type: z.literal("picture-done"),
  event: id,
  channel,
  /** Absent = it is there. */
  fault: faultSchema.optional(),
});
export type PictureDone = z.output<typeof pictureDoneSchema>;
