/**
 * What keeper and the RTSP process say to each other. Live units (live.ts) come as binary frames, only while a view
 * that the keeper has noted in the ledger is open.
 *
 * A word here can be no picture: addresses, counters, sentences of ours.
 */
import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { stageSchema } from "./stage.ts";

const count = z.int().min(0);
const viewId = z.string().regex(/^view-\d{8,16}$/u);

/** Whole each time. A process that has heard nothing shows nothing. */
const door = z.strictObject({
  type: z.literal("rtsp-door"),
  /** The signed policy in force lets the picture go this way; else no port is open. */
  allowed: z.boolean(),
  /** There is a picture that may be shown; else whoever watches is sent away. */
  open: z.boolean(),
  /** Why not, in words; null = it is open. */
  why: z.string().max(200).nullable(),
  /** Made from the doorbell's own key, and what people call it. */
  device: z.string().regex(/^[0-9a-f]{16}$/u),
  name: z.string().min(1).max(60),
  size: z.strictObject({ width: count, height: count, fps: z.number().min(0) }),
});

/** It is in the ledger: units come. */
const viewNoted = z.strictObject({ type: z.literal("view-noted"), view: viewId });
const viewRefused = z.strictObject({ type: z.literal("view-refused"), view: viewId, fault: faultSchema });

/** What was sent is over (another line, a guard that closed): nothing of it may be kept. */
const viewsOver = z.strictObject({ type: z.literal("views-over") });

/** Somebody rang, or something moves and has come to rest. */
const happened = z.strictObject({
  type: z.literal("rtsp-happened"),
  kind: z.enum(["ring", "motion"]),
  on: z.boolean(),
  wallMs: count,
});

export const keeperToRtspSchema = z.discriminatedUnion("type", [
  door,
  viewNoted,
  viewRefused,
  viewsOver,
  happened,
]);
export type KeeperToRtsp = z.output<typeof keeperToRtspSchema>;

const hello = z.strictObject({
  type: z.literal("hello"),
  process: z.literal("rtsp"),
  pid: count,
  version: z.literal(1),
  sill: z.string().max(40).optional(),
});

/** Ways in which something is shown. */
export const viewKinds = ["rtsp", "snapshot"] as const;

/** Somebody who has shown the password wants to see. */
const viewBegin = z.strictObject({
  type: z.literal("view-begin"),
  view: viewId,
  how: z.enum(viewKinds),
  /** Address of the one who asks. */
  from: z.string().max(64),
});
const viewEnd = z.strictObject({ type: z.literal("view-end"), view: viewId });

/** Sent on every change and every ten seconds. */
const status = z.strictObject({
  type: z.literal("rtsp-status"),
  /** null = no port is open. */
  port: count.nullable(),
  onvifPort: count.nullable(),
  watching: count,
  stages: z.array(stageSchema).max(8),
  fault: faultSchema.optional(),
  rssBytes: count,
  cpuMs: count,
});
export type RtspStatus = z.output<typeof status>;

export const rtspToKeeperSchema = z.discriminatedUnion("type", [hello, viewBegin, viewEnd, status]);
export type RtspToKeeper = z.output<typeof rtspToKeeperSchema>;
