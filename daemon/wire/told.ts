/**
 * Told: what the systems of the house (MQTT) may know of the door: what happened, and how the doorbell is.
 *
 * Words and figures only. No picture, no score, no name of a person, no place, no request, no clip: whoever
 * reads along at the broker learns what somebody learns who stands beside the door, and how the machine is.
 * Sent to the courier only when somebody is to be told.
 */
import { z } from "zod";
import { countWords, noCounts, sumOf, type Counts, type CountWord } from "../alerts/counts.ts";
import { toldKinds } from "../alerts/kinds.ts";
import { countShapes, countsOfOne, sumReasons, wordOf } from "../alerts/sum.ts";
import { pirStates } from "../sight/pir-track.ts";
import { faultSchema } from "./fault.ts";

const id = z.string().regex(/^[0-9a-z-]{8,40}$/);
/** An event's id and the longest of the kinds behind it. */
const alertId = z.string().regex(/^[0-9a-z-]{8,60}$/);

/** Browsers that are told by web push, in a house. */
export const maxPhones = 32;

/** Those of the whole house, which the settings name. */
export const houseChannels = ["mqtt", "ntfy", "webhook"] as const;
export type HouseChannel = (typeof houseChannels)[number];

/** Who may be told. */
export const alertChannels = [...houseChannels, "push"] as const;
export type AlertChannel = (typeof alertChannels)[number];

/** Somebody rang, something began to move, or what it is or did is known now. */
export const happenedSchema = z.strictObject({
  type: z.literal("happened"),
  event: id,
  kind: z.enum(toldKinds),
  wallMs: z.int().min(0),
  /** How long ago by running time: a wall clock that steps makes nothing older. */
  agoMs: z.number().min(0),
  /** Channels that need not be told any more: another courier was done with them. */
  done: z.array(z.enum(alertChannels)).max(alertChannels.length),
  /** The owner's names of the zones it was seen in. */
  zones: z.array(z.string().max(40)).max(16),
  /** Whom web push tells: of `phones`. */
  phones: z.array(id).max(maxPhones),
});
export type HappenedSaid = z.output<typeof happenedSchema>;

/** Several of these that were not told when they happened, as one message: counts, and no more. */
export const digestSchema = z.strictObject({
  type: z.literal("digest"),
  /** Its own id, which names no event. */
  event: id,
  /** The newest event that it counts. */
  last: id,
  /** quiet, snooze: held until they were over. flood: many within minutes. */
  why: z.enum(sumReasons),
  ...countShapes,
  firstWallMs: z.int().min(0),
  /** Of the last of them. */
  wallMs: z.int().min(0),
  /** How long ago the first and the last were by running time. */
  firstAgoMs: z.number().min(0),
  lastAgoMs: z.number().min(0),
  /** How long ago it was told first. */
  agoMs: z.number().min(0),
  done: z.array(z.enum(alertChannels)).max(alertChannels.length),
  zones: z.array(z.string().max(40)).max(16),
  phones: z.array(id).max(maxPhones),
});
export type DigestSaid = z.output<typeof digestSchema>;

/** What goes to a phone or a program. */
export type AlertSaid = HappenedSaid | DigestSaid;

export function countsOf(said: AlertSaid): Counts {
  return said.type === "digest" ? said : countsOfOne(said.kind);
}

/** Of several: an event counts once, by the best word for it; each parcel, and all that a digest counts, beside it. */
export function countsOfAll(all: readonly AlertSaid[]): Counts {
  const events = new Map<string, CountWord>();
  const beside: Counts[] = [];
  for (const said of all) {
    const word = said.type === "digest" ? null : wordOf[said.kind];
    if (word === null || word === "parcels") {
      beside.push(countsOf(said));
      continue;
    }
    const before = events.get(said.event) ?? word;
    events.set(said.event, countWords.indexOf(word) < countWords.indexOf(before) ? word : before);
  }
  return sumOf([...beside, ...[...events.values()].map((word) => ({ ...noCounts, [word]: 1 }))]);
}

/**
 * Of one telling. An event may be told several times (something moves, then that it is a person), and channels are done
 * with each on its own; phones show the newest in place of the others.
 */
export function alertIdOf(
  said: Pick<HappenedSaid, "event" | "kind"> | Pick<DigestSaid, "type" | "event">,
): string {
  if (!("kind" in said) || said.kind === "ring" || said.kind === "motion") return said.event;
  return `${said.event}-${said.kind}`;
}

/** A channel is done with it: it is there, or became too old. Said again until then when the courier comes anew. */
export const happenedDoneSchema = z.strictObject({
  type: z.literal("happened-done"),
  /** `alertIdOf`. */
  alert: alertId,
  channel: z.enum(alertChannels),
  /** It is there. */
  taken: z.boolean(),
});

export type HappenedDone = z.output<typeof happenedDoneSchema>;
const key = (chars: number) => z.string().regex(new RegExp(`^[\\w-]{${chars}}$`, "u"));

/** A browser's subscription at its push service (RFC 8030, 8291), as it gave it to us. */
export const subscriptionSchema = z.strictObject({
  endpoint: z.string().max(1_024),
  p256dh: key(87),
  auth: key(22),
});
export type Subscription = z.output<typeof subscriptionSchema>;

/**
 * Whom web push tells, whole each time, and the key that says to the services who we are (VAPID, base64url). No name of a
 * person goes with it. Sent when there is anybody, and when that changes.
 */
export const phonesSchema = z.strictObject({
  type: z.literal("phones"),
  key: z.strictObject({ publicKey: key(87), privateKey: key(43) }),
  phones: z.array(subscriptionSchema.extend({ phone: id })).max(maxPhones),
});
export type PhonesSaid = z.output<typeof phonesSchema>;

/** Send that phone a test alert, now. */
export const phoneTestSchema = z.strictObject({ type: z.literal("phone-test"), phone: id, test: id });

/** The push service took the test alert, or why not. */
export const phoneTestedSchema = z.strictObject({
  type: z.literal("phone-tested"),
  test: id,
  fault: faultSchema.optional(),
});

/** The push service says that nobody is there any more: forget that phone. */
export const phoneGoneSchema = z.strictObject({ type: z.literal("phone-gone"), phone: id });

/** Alerts to that phone do not arrive any more, or do again. */
export const phoneStateSchema = z.strictObject({
  type: z.literal("phone-state"),
  phone: id,
  fault: faultSchema.optional(),
});

/** What the house's broker may switch, where the settings let it. */
export const switchNames = ["privacy", "snooze"] as const;
export type SwitchName = (typeof switchNames)[number];

/** Somebody at the broker switched it. Whether it is carried out is the keeper's to judge; the facts say how it is. */
export const switchSchema = z.strictObject({
  type: z.literal("switch"),
  name: z.enum(switchNames),
  on: z.boolean(),
});
export type SwitchSaid = z.output<typeof switchSchema>;

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
  /** The house's channels are snoozed (docs/alerts.md). */
  snoozed: z.boolean(),
  /** The camera's sight is closed (privacy now). */
  privacy: z.boolean(),
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
