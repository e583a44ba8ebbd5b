/**
 * ntfy: an alert as a notification on a phone, by a topic at an ntfy server (https://docs.ntfy.sh/publish/). Pure.
 *
 * Words only. Times are told as an age, because the doorbell does not know where the reader is.
 */
import type { HappenedSaid } from "../../wire/told.ts";

export interface Published {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const soonMs = 60_000;
const minuteMs = 60_000;

export function ntfyOf(alerts: readonly HappenedSaid[], name: string, wallMs: number): Published {
  const isRing = alerts.some(({ kind }) => kind === "ring");
  return {
    headers: {
      // header lines are ASCII: RFC 2047 where a name is not
      Title: headerText(name),
      Priority: isRing ? "urgent" : "default",
      Tags: isRing ? "bell" : "eyes",
    },
    body: new TextEncoder().encode(alerts.length === 1 ? one(alerts[0], wallMs) : digest(alerts, wallMs)),
  };
}

function one(said: HappenedSaid | undefined, wallMs: number): string {
  if (said === undefined) return "";
  const what = said.kind === "ring" ? "Somebody rang" : `Something moves${where(said.zones)}`;
  const ageMs = wallMs - said.wallMs;
  return ageMs < soonMs ? `${what}.` : `${what}, ${ago(ageMs)}.`;
}

/** What could not be said in time, in one message. */
function digest(alerts: readonly HappenedSaid[], wallMs: number): string {
  const rings = alerts.filter(({ kind }) => kind === "ring").length;
  const counts = [amount(rings, "ring"), amount(alerts.length - rings, "movement")].filter(
    (each) => each !== "",
  );
  const last = Math.max(...alerts.map((each) => each.wallMs));
  return `${counts.join(" and ")} could not be told in time, the last ${ago(Math.max(0, wallMs - last))}.`;
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
