/**
 * Wire: every message between the three processes, one zod schema each.
 *
 * Text frames are JSON of these schemas; binary frames are live units (live.ts) and heat (heat.ts). Both sides
 * parse what they receive and drop, count and log what does not fit: a broken peer is not our
 * crash. Unknown keys are errors, so a field must be added here before it can be sent.
 *
 * Direction is part of the contract: eyeToKeeper, keeperToEye, courierToKeeper, keeperToCourier.
 */
import { z } from "zod";
import { maxPictureBytes, mostPicturesPerS } from "../../hal/trace/pictures.ts";
import { turns } from "../../hal/view.ts";
import {
  pictureDoneSchema,
  pictureMadeSchema,
  pictureRefusedSchema,
  pictureSendSchema,
  pictureWantedSchema,
} from "./alert-picture.ts";
import { examinedSchema } from "./examine.ts";
import { faultSchema } from "./fault.ts";
import { reachedSchema, reachSchema } from "./reach.ts";
import { stageSchema } from "./stage.ts";
import { seers } from "../sight/fusion.ts";
import { pirStates } from "../sight/pir-track.ts";
import {
  digestSchema,
  factsSchema,
  happenedDoneSchema,
  happenedSchema,
  phoneGoneSchema,
  phonesSchema,
  phoneStateSchema,
  phoneTestedSchema,
  phoneTestSchema,
  switchSchema,
} from "./told.ts";
import { pictureNames } from "./paths.ts";
import { eventWhatSchema } from "./what.ts";
import { whatStatusSchema } from "./what-status.ts";

export const wireVersion = 1;

const id = z.string().regex(/^[0-9a-z-]{8,40}$/);
const wallMs = z.int().min(0);
const count = z.int().min(0);

export { faultSchema, stageSchema };

/** asleep = off to save power (camera.sleep): an edge of the PIR, a press or a viewer wakes it. */
export const cameraStateSchema = z.enum(["opening", "running", "stalled", "failed", "asleep"]);

const hello = z.strictObject({
  type: z.literal("hello"),
  process: z.enum(["eye", "courier"]),
  pid: count,
  version: z.literal(wireVersion),
  /** Version of Sill that it runs. */
  sill: z.string().max(40).optional(),
});

/** Which part of the sensor's picture is shown, and how it was turned (hal/view.ts); absent = all of it. */
export const viewSchema = z.strictObject({
  sensor: z.strictObject({ width: count, height: count }),
  box: z.tuple([count, count, count, count]).readonly(),
  rotate: z.literal(turns),
  size: z.strictObject({ width: count, height: count }),
});

/** Does the fixed scene still stand where it stood when the line was confirmed? */
export const guardSchema = z.strictObject({
  /** off = no policy in force; learning = the reference is being made; blind = too dark or too bare to tell. */
  state: z.enum(["off", "learning", "watching", "blind", "tripped"]),
  /**
   * Why it tripped. moved, changed (another scene): masked until an owner signs a policy anew.
   * covered: masked until the same scene is back in the same place.
   */
  reason: z.enum(["moved", "covered", "changed"]).optional(),
  sinceWallMs: wallMs.optional(),
});
export type GuardStatus = z.output<typeof guardSchema>;

/** Sent on every change and once a second. */
const eyeStatus = z.strictObject({
  type: z.literal("eye-status"),
  camera: z.strictObject({
    state: cameraStateSchema,
    name: z.string(),
    width: count,
    height: count,
    fps: z.number().min(0),
    view: viewSchema.optional(),
    fault: faultSchema.optional(),
  }),
  encoder: z.string(),
  /** How much of the picture is visible, 0..1; 0 with a fault = no valid policy. */
  mask: z.strictObject({
    policyVersion: count.nullable(),
    visibleFrac: z.number().min(0).max(1),
    fault: faultSchema.optional(),
    guard: guardSchema.optional(),
    /** Privacy now: nothing is looked at. A fault = because what is to be read cannot be. Absent = open. */
    closed: z
      .strictObject({
        fault: faultSchema.optional(),
        /** By a keeper's word, which its file may not say yet. */
        byWord: z.boolean().optional(),
      })
      .optional(),
  }),
  /** Records of the household that the eye has verified, and the keys it seals to. */
  household: z.strictObject({ count, viewers: count, fault: faultSchema.optional() }).optional(),
  /** What the next request for a setup still must repeat; another one after each use. */
  stillNonce: z.string().max(64).optional(),
  motion: z.strictObject({
    active: z.boolean(),
    score: z.number().min(0),
    /** What computes it: WebAssembly SIMD, or plain TypeScript where there is none. Same results. */
    kernel: z.enum(["simd", "plain"]).optional(),
    /** By the picture alone, since the last time: did anything move, close to the lens? Absent = nobody looks. */
    seen: z.strictObject({ moved: z.boolean(), close: z.boolean() }).optional(),
    /** The drawn zones are broken; those of the settings count. */
    fault: faultSchema.optional(),
    /** The motion journal: frames written and not written since the start. */
    journal: z.strictObject({ frames: count, dropped: count, fault: faultSchema.optional() }).optional(),
  }),
  recording: id.nullable(),
  /** The model that tells what moved; absent = an eye that has none to tell of. */
  what: whatStatusSchema.optional(),
  stages: z.array(stageSchema).max(32),
  rssBytes: count,
  cpuMs: count,
});

const eventOpened = z.strictObject({
  type: z.literal("event-opened"),
  event: id,
  kind: z.literal("motion"),
  startWallMs: wallMs,
  score: z.number().min(0),
  zones: z.array(z.string()).max(16),
  /** Who saw it; absent = the picture. */
  seer: z.enum(seers).optional(),
  /** It woke the camera (power saving): there is no picture of the time before. */
  woke: z.boolean().optional(),
});

/** Something moves in more zones than it did: all of them so far. */
const eventZones = z.strictObject({
  type: z.literal("event-zones"),
  event: id,
  zones: z.array(z.string()).min(1).max(16),
});

const eventClosed = z.strictObject({
  type: z.literal("event-closed"),
  event: id,
  endWallMs: wallMs,
  /** Peak over the event. */
  score: z.number().min(0),
  zones: z.array(z.string()).max(16),
  seer: z.enum(seers).optional(),
});

/** A clip's folder and its clip.json exist and are durable. */
const clipOpened = z.strictObject({
  type: z.literal("clip-opened"),
  clip: id,
  /** Wall time of its first frame, pre-roll included. */
  startWallMs: wallMs,
  events: z.array(id).min(1),
  codec: z.string(),
  width: count,
  height: count,
});

/** One more event shares the clip that is being recorded (a ring during motion). */
const clipEvent = z.strictObject({ type: z.literal("clip-event"), clip: id, event: id });

/** The fragment is on the disk: written, fsynced, renamed, folder fsynced. */
const clipFragment = z.strictObject({
  type: z.literal("clip-fragment"),
  clip: id,
  index: count,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** From the clip's start. */
  startMs: count,
  durationMs: count,
});

const clipThumbnail = z.strictObject({ type: z.literal("clip-thumbnail"), clip: id, bytes: count });

/** One of the pictures beside the thumbnail is on the disk. */
const clipPicture = z.strictObject({
  type: z.literal("clip-picture"),
  clip: id,
  name: z.enum(pictureNames),
  bytes: count,
});

const clipClosed = z.strictObject({
  type: z.literal("clip-closed"),
  clip: id,
  endWallMs: wallMs,
  reason: z.enum(["quiet", "max-length", "camera-lost", "stopped", "failed"]),
});

/** A write failed because the disk is full: the keeper makes room, the eye tries again. */
const diskFull = z.strictObject({ type: z.literal("disk-full"), wantedBytes: count });

/** A policy came into force; parts of the picture that stay visible before and after, 0..1. */
const policyApplied = z.strictObject({
  type: z.literal("policy-applied"),
  version: count,
  fromFrac: z.number().min(0).max(1),
  toFrac: z.number().min(0).max(1),
});

/**
 * What was sent live is over: another line, a guard that closed, a camera that is gone. Whoever joins now
 * sees nothing of it.
 */
const liveOver = z.strictObject({ type: z.literal("live-over") });

/**
 * When frames came (CLOCK_MONOTONIC), and how many the driver had dropped by then since it was opened.
 * Only while `timings` is on.
 */
export const frameTimingSchema = z.strictObject({
  ns: z.string().regex(/^\d{1,20}$/u),
  sequence: count,
  ptsUs: count,
  dropped: count,
});
const frameTimings = z.strictObject({
  type: z.literal("frame-timings"),
  frames: z.array(frameTimingSchema).min(1).max(64),
});

/** A masked frame for who records a trace: an age file (base64) of a small JPEG. */
export const framePictureSchema = z.strictObject({
  ns: z.string().regex(/^\d{1,20}$/u),
  sequence: count,
  age: z.base64().max(4 * Math.ceil(maxPictureBytes / 3)),
});
const framePicture = framePictureSchema.extend({ type: z.literal("frame-picture") });

/** The answer to `still`: an age file (base64), or why there is none. */
const stillMade = z.strictObject({ type: z.literal("still-made"), still: id, age: z.string() });
const stillRefused = z.strictObject({ type: z.literal("still-refused"), still: id, fault: faultSchema });

/** The answer to `journal-flush`: what the eye had of the motion journal is durable, or dropped and counted. */
const journalFlushed = z.strictObject({ type: z.literal("journal-flushed"), number: count });

export const eyeToKeeperSchema = z.discriminatedUnion("type", [
  hello,
  eyeStatus,
  eventOpened,
  eventZones,
  eventClosed,
  eventWhatSchema,
  clipOpened,
  clipEvent,
  clipFragment,
  clipThumbnail,
  clipPicture,
  clipClosed,
  diskFull,
  policyApplied,
  liveOver,
  frameTimings,
  framePicture,
  stillMade,
  stillRefused,
  pictureMadeSchema,
  pictureRefusedSchema,
  journalFlushed,
  examinedSchema,
]);
export type EyeToKeeper = z.output<typeof eyeToKeeperSchema>;
export type EyeStatus = z.output<typeof eyeStatus>;

/** A ring (or another event that the keeper opened) wants its picture: record from the pre-roll on. */
const record = z.strictObject({ type: z.literal("record"), event: id, kind: z.literal("ring"), wallMs });

/** Somebody watches, or nobody any more: live units are made only while it is on. */
const live = z.strictObject({ type: z.literal("live"), on: z.boolean() });

/** Somebody calibrates, or nobody any more: heat (heat.ts) is made only while it is on. */
const heat = z.strictObject({ type: z.literal("heat"), on: z.boolean() });

/**
 * Somebody records a trace, or nobody any more: timings of frames are told only while it is on, with so many masked
 * frames a second.
 */
const timings = z.strictObject({
  type: z.literal("timings"),
  on: z.boolean(),
  picturesPerS: z.number().min(0).max(mostPicturesPerS),
});

/** Write what you hold of the motion journal now: somebody wants to judge a walk that has just ended. */
const journalFlush = z.strictObject({ type: z.literal("journal-flush"), number: count });

/** The policy file changed: read it again. The content never travels this way. */
const policyChanged = z.strictObject({ type: z.literal("policy-changed") });

/** A record was added to the household: read it again. */
const householdChanged = z.strictObject({ type: z.literal("household-changed") });

/** Privacy now. hold: closed from now on, whatever the file says. Not: privacy.json counts; read it again. Nothing but the file opens. A keeper that has just come says only what closes: the one before may have closed by word what its file could not say. */
const privacy = z.strictObject({ type: z.literal("privacy"), hold: z.boolean() });

/** Motion zones were drawn anew: read them again. */
const zonesChanged = z.strictObject({ type: z.literal("zones-changed") });

/**
 * One picture, sealed, never stored. `snapshot`: the masked picture, to all viewers. `setup`: the
 * unmasked one, to the owner whose signed request (an envelope) comes with it; the eye verifies it.
 */
const still = z.strictObject({
  type: z.literal("still"),
  still: id,
  kind: z.enum(["snapshot", "setup"]),
  request: z.unknown().optional(),
});

/** Measure so many milliseconds of picture for the self-test. */
const examine = z.strictObject({
  type: z.literal("examine"),
  examine: id,
  forMs: z.int().min(1).max(60_000),
});

/**
 * What the PIR's output became, and how long ago, so that a wall clock that steps changes nothing. Also sent to an eye
 * that has just come. unknown = there is no PIR that can be asked: none is set, it is lost, warms up, or is not trusted.
 */
const pir = z.strictObject({
  type: z.literal("pir"),
  state: z.enum(pirStates),
  agoMs: z.number().min(0),
  wallMs,
});

/** Room was made on the disk. */
const diskFreed = z.strictObject({ type: z.literal("disk-freed"), freeBytes: count });

export const keeperToEyeSchema = z.discriminatedUnion("type", [
  record,
  live,
  heat,
  timings,
  journalFlush,
  policyChanged,
  householdChanged,
  zonesChanged,
  privacy,
  pictureWantedSchema,
  still,
  examine,
  pir,
  diskFreed,
]);
export type KeeperToEye = z.output<typeof keeperToEyeSchema>;

/** Longest text of a checkpoint, and longest bundle of log entries (256 of them). */
export const maxCheckpointChars = 8_192;
export const maxBundleBytes = 6 * 1024 * 1024;
/** Most that one round of the feed fetches, whatever size the portal claims: 262,144 entries. */
export const maxRoundBundles = 1_024;
export const maxRoundBytes = 256 * 1024 * 1024;

/** One round of the feed begins: the portal's newest checkpoint, as it was fetched. Its text is not trusted. */
const feedCheckpoint = z.strictObject({
  type: z.literal("feed-checkpoint"),
  text: z.string().max(maxCheckpointChars),
});

/**
 * Entries of the public log from a multiple of 256 on, as fetched (C2SP tlog-tiles entry bundle), in
 * base64. In order; the last one of a round is partial (`width` < 256).
 */
const feedBundle = z.strictObject({
  type: z.literal("feed-bundle"),
  index: count,
  width: z.int().min(1).max(256),
  bytes: z.base64().max(Math.ceil((maxBundleBytes * 4) / 3) + 4),
});

/**
 * The round is over and `size` entries are known to the keeper now. Less than the checkpoint says = the
 * round reached its bound (maxRoundBundles, maxRoundBytes); the next one goes on from `feed-from`.
 */
const feedEnd = z.strictObject({ type: z.literal("feed-end"), size: count });

/** The round ended early; `fault` in words for the status page. */
const feedFailed = z.strictObject({ type: z.literal("feed-failed"), fault: faultSchema });

/**
 * The courier asks for the chunk of a granted parcel that holds this byte: mostly its first one, any of
 * them when a dock kept a part of a chunk whose sending was cut.
 */
const chunkAsked = z.strictObject({ type: z.literal("chunk-asked"), grant: id, offset: count });

/**
 * How far a parcel is. `location`: its address at the dock, with which it can be resumed.
 * `sending` with a fault: tried again by itself. `failed`: given up. `stopped`: nothing more leaves, by
 * parcel-stop or because the gate refused; with a fault, the dock could not yet be told to forget it.
 */
const parcelState = z.strictObject({
  type: z.literal("parcel-state"),
  grant: id,
  state: z.enum(["sending", "delivered", "failed", "stopped"]),
  location: z.string().max(600).nullable(),
  offset: count,
  fault: faultSchema.optional(),
});

/** What the recipient's dock has: the envelope, or null = nothing yet. */
const dockAnswer = z.strictObject({
  type: z.literal("dock-answer"),
  grant: id,
  what: z.enum(["receipt", "deletion"]),
  envelope: z.unknown().nullable(),
  fault: faultSchema.optional(),
});

/** What the courier says of itself, every ten seconds and when it arrives. */
const courierStatus = z.strictObject({
  type: z.literal("courier-status"),
  stages: z.array(stageSchema).max(16),
  /** The broker of the house; absent = none is set. */
  mqtt: z.strictObject({ connected: z.boolean(), fault: faultSchema.optional() }).optional(),
  rssBytes: count,
  cpuMs: count,
});
export type CourierStatus = z.output<typeof courierStatus>;

export const courierToKeeperSchema = z.discriminatedUnion("type", [
  hello,
  courierStatus,
  feedCheckpoint,
  feedBundle,
  feedEnd,
  feedFailed,
  chunkAsked,
  parcelState,
  dockAnswer,
  happenedDoneSchema,
  switchSchema,
  pictureDoneSchema,
  phoneTestedSchema,
  phoneGoneSchema,
  phoneStateSchema,
  reachedSchema,
]);
export type CourierToKeeper = z.output<typeof courierToKeeperSchema>;

/**
 * How much of the public log this doorbell has checked: the next round begins there. Sent when the
 * courier says hello and after every round; it depends on nothing but the log.
 */
const feedFrom = z.strictObject({ type: z.literal("feed-from"), size: count });

/**
 * Carry this parcel. Chunks are asked for one at a time and come as binary frames (chunk.ts). Sent again,
 * for each parcel that is under way, whenever the courier says hello: it forgets them when the link breaks.
 */
const parcelSend = z.strictObject({
  type: z.literal("parcel-send"),
  grant: id,
  deliverTo: z.string().max(300),
  bytes: z.int().min(1),
  /** Length of the first item. */
  letterBytes: count,
  /** Hash of the request that it answers, for the dock to file it under; null = none. */
  request: z.string().max(64).nullable(),
  /** When the dock may forget it at the latest, for links; null = as the dock does. */
  keepUntil: wallMs.nullable(),
  location: z.string().max(600).nullable(),
});

/** Stop now; tell the dock to forget what it has if it was not finished. */
const parcelStop = z.strictObject({
  type: z.literal("parcel-stop"),
  grant: id,
  deliverTo: z.string().max(300),
  location: z.string().max(600).nullable(),
  /** Also a finished one: an expired or revoked link. */
  forget: z.boolean(),
});

/** Look at the dock for a receipt, or for the answer to a deletion notice. Once; the answer says what failed. */
const dockAsk = z.strictObject({
  type: z.literal("dock-ask"),
  grant: id,
  deliverTo: z.string().max(300),
  what: z.enum(["receipt", "deletion"]),
});

/** Leave this signed deletion notice there. Once; a dock-answer without an envelope says that it is there. */
const dockTell = z.strictObject({
  type: z.literal("dock-tell"),
  grant: id,
  deliverTo: z.string().max(300),
  envelope: z.unknown(),
});

/** Why the gate hands nothing over. */
export const gateRefusals = [
  "no-such-grant",
  "not-signed-by-owner",
  "not-sending",
  "revoked",
  "clock-not-trusted",
  "expired",
  "chunk-not-in-manifest",
  "recipient-changed",
  "intent-not-durable",
  "bytes-changed",
] as const;
export type GateRefusal = (typeof gateRefusals)[number];

const chunkRefused = z.strictObject({
  type: z.literal("chunk-refused"),
  grant: id,
  offset: count,
  reason: z.enum(gateRefusals),
});

export const keeperToCourierSchema = z.discriminatedUnion("type", [
  feedFrom,
  parcelSend,
  parcelStop,
  dockAsk,
  dockTell,
  chunkRefused,
  reachSchema,
  happenedSchema,
  digestSchema,
  pictureSendSchema,
  factsSchema,
  phonesSchema,
  phoneTestSchema,
]);
export type KeeperToCourier = z.output<typeof keeperToCourierSchema>;
