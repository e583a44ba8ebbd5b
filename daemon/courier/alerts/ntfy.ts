/**
 * ntfy: an alert as a notification on a phone, by a topic at an ntfy server (https://docs.ntfy.sh/publish/). Pure.
 *
 * Words only; a picture, where an owner signed for it, comes after them as an attachment of the same sequence: from ntfy 2.16 on
 * it takes the place of the words on the phone, before that it is a second, silent message. Words after it have a sequence of
 * their own: they would take the picture away. Times are told as an age, because the doorbell does not know where the reader is.
 */
import { countsText } from "../../alerts/counts.ts";
import type { ToldKind } from "../../alerts/kinds.ts";
import { countsOfAll, type AlertSaid, type DigestSaid } from "../../wire/told.ts";
import type { PictureSend } from "../../wire/alert-picture.ts";
import type { Aged } from "./channel.ts";

export interface Published {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const words: Readonly<Record<ToldKind, string>> = {
  ring: "Somebody rang",
  motion: "Something moves",
  person: "Person",
  vehicle: "Vehicle",
  animal: "Animal",
  crossed: "Somebody came in over the line",
  loitering: "Somebody stays and does not ring",
  waiting: "Somebody is at the door and has not rung",
  "parcel-left": "Parcel left",
  "parcel-taken": "Parcel taken",
};

const soonMs = 60_000;
const minuteMs = 60_000;

/** `pictured`: events whose picture went there. */
export function ntfyOf(alerts: readonly Aged[], name: string, pictured: ReadonlySet<string>): Published {
  // one that stands alone: what is told late is not worth getting up for
  const isRing = alerts.some(({ said }) => said.type === "happened" && said.kind === "ring");
  return {
    headers: {
      // header lines are ASCII: RFC 2047 where a name is not
      Title: headerText(name),
      Priority: isRing ? "urgent" : "default",
      Tags: isRing ? "bell" : "eyes",
      ...(alerts.length === 1 ? sequenceOf(alerts[0]?.said.event ?? "", pictured) : {}),
    },
    body: new TextEncoder().encode(alerts.length === 1 ? one(alerts[0]) : digest(alerts)),
  };
}

export function ntfyPictureOf({ event, kind, zones, jpeg }: PictureSend, name: string): Published {
  return {
    headers: {
      Title: headerText(name),
      Message: headerText(`${whatOf({ kind, zones })}.`),
      Filename: `${kind}.jpg`,
      // it has rung already
      Priority: "low",
      Tags: kind === "ring" ? "bell" : "eyes",
      ...sequenceOf(event, new Set()),
    },
    body: Buffer.from(jpeg, "base64"),
  };
}

/** What is said again under the same name takes the place of what was said. */
function sequenceOf(event: string, pictured: ReadonlySet<string>): Readonly<Record<string, string>> {
  return { "X-Sequence-ID": pictured.has(event) ? `${event}-after` : event };
}

function one(alert: Aged | undefined): string {
  if (alert === undefined) return "";
  const { said, ageMs } = alert;
  if (said.type === "digest") return summed(said, ageMs);
  const what = whatOf(said);
  return ageMs < soonMs ? `${what}.` : `${what}, ${ago(ageMs)}.`;
}

function whatOf({ kind, zones }: Pick<PictureSend, "kind" | "zones">): string {
  return `${words[kind]}${kind === "ring" ? "" : where(zones)}`;
}

/** What could not be said in time, in one message. */
function digest(alerts: readonly Aged[]): string {
  const counts = countsOfAll(alerts.map(({ said }) => said));
  const last = Math.min(...alerts.map(({ said, ageMs }) => ageMs + lastAgoMs(said)));
  return `${countsText(counts)} could not be told in time, the last ${ago(last)}.`;
}

/** What was held, in one message; `ageMs` = how long that waits already. */
function summed(said: DigestSaid, ageMs: number): string {
  const { why, zones } = said;
  const what = `${countsText(said)}${where(zones)}`;
  const first = Math.max(1, Math.round((ageMs + said.firstAgoMs) / minuteMs));
  if (why === "flood") return `${what} in the last ${first === 1 ? "minute" : `${first} minutes`}.`;
  const when = why === "quiet" ? "in quiet hours" : "while alerts were snoozed";
  return `${what} ${when}, the last ${ago(ageMs + said.lastAgoMs)}.`;
}

function lastAgoMs(said: AlertSaid): number {
  return said.type === "digest" ? said.lastAgoMs : 0;
}

function where(zones: readonly string[]): string {
  return zones.length === 0 ? "" : ` in ${zones.join(", ")}`;
}

function ago(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 1) return "just now";
  if (minutes === 1) return "a minute ago";
  return minutes < 120 ? `${minutes} minutes ago` : `${Math.round(minutes / 60)} hours ago`;
}

function headerText(text: string): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  return `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}
