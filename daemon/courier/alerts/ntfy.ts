/**
 * ntfy: an alert as a notification on a phone, by a topic at an ntfy server (https://docs.ntfy.sh/publish/). Pure.
 *
 * Words only. Times are told as an age, because the doorbell does not know where the reader is.
 */
import type { Aged } from "./channel.ts";

export interface Published {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const soonMs = 60_000;
const minuteMs = 60_000;

export function ntfyOf(alerts: readonly Aged[], name: string): Published {
  const isRing = alerts.some(({ said }) => said.kind === "ring");
  return {
    headers: {
      // header lines are ASCII: RFC 2047 where a name is not
      Title: headerText(name),
      Priority: isRing ? "urgent" : "default",
      Tags: isRing ? "bell" : "eyes",
    },
    body: new TextEncoder().encode(alerts.length === 1 ? one(alerts[0]) : digest(alerts)),
  };
}

function one(alert: Aged | undefined): string {
  if (alert === undefined) return "";
  const { said, ageMs } = alert;
  const what = said.kind === "ring" ? "Somebody rang" : `Something moves${where(said.zones)}`;
  return ageMs < soonMs ? `${what}.` : `${what}, ${ago(ageMs)}.`;
}

/** What could not be said in time, in one message. */
function digest(alerts: readonly Aged[]): string {
  const rings = alerts.filter(({ said }) => said.kind === "ring").length;
  const counts = [amount(rings, "ring"), amount(alerts.length - rings, "movement")].filter(
    (each) => each !== "",
  );
  const last = Math.min(...alerts.map(({ ageMs }) => ageMs));
  return `${counts.join(" and ")} could not be told in time, the last ${ago(last)}.`;
}

function amount(count: number, word: string): string {
  if (count === 0) return "";
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

function where(zones: readonly string[]): string {
  return zones.length === 0 ? "" : ` in ${zones.join(", ")}`;
}

function ago(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 1) return "just now";
  return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
}

function headerText(text: string): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  return `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}
