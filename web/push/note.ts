/**
 * Note: a message as a notification, in words, made on the phone itself. Pure.
 *
 * Takes anything: an older page must survive a newer doorbell.
 */
import { countsText } from "../../daemon/alerts/counts.ts";
import type { Pushed } from "../../daemon/wire/pushed.ts";
import { noteWords as say } from "./note-words.ts";

/** More than TypeScript's page types know of a notification. */
export interface NoteOptions extends NotificationOptions {
  readonly vibrate?: readonly number[];
  readonly timestamp?: number;
}

export interface Note {
  readonly title: string;
  readonly options: NoteOptions;
}

const icons = { icon: "icon-192.png", badge: "badge-96.png" };
const kinds = ["ring", "motion", "digest", "test"];
const more = ["persons", "vehicles", "animals", "parcels"] as const;
/** A day that is not today is named. */
const dayMs = 20 * 3_600_000;

export function noteOf(pushed: unknown, nowWallMs: number): Note {
  if (!isPushed(pushed)) return { title: say.name, options: { ...icons, body: say.something, tag: "sill" } };
  const { kind, event, wallMs, name } = pushed;
  return {
    title: name,
    options: {
      ...icons,
      body: bodyOf(pushed, nowWallMs),
      // told twice it is shown once
      tag: kind === "test" ? "test" : (event ?? kind),
      timestamp: wallMs,
      data: { hash: event === null ? "#/" : `#/event/${event}` },
      // who rings waits for an answer
      ...(kind === "ring" ? { requireInteraction: true, vibrate: [200, 120, 200] } : {}),
    },
  };
}

function bodyOf(pushed: Pushed, nowWallMs: number): string {
  const { kind, wallMs, zones, rings, movements } = pushed;
  const { persons = 0, vehicles = 0, animals = 0, parcels = 0 } = pushed;
  const at = timeOf(wallMs, nowWallMs);
  switch (kind) {
    case "ring":
      return say.ring(at);
    case "motion":
      return zones.length === 0 ? say.motion(at) : say.motionIn(listOf(zones), at);
    case "digest":
      return say.digest(countsText({ rings, persons, vehicles, animals, motions: movements, parcels }), at);
    case "test":
      return say.test(at);
    case "person":
    case "vehicle":
    case "animal":
    case "crossed":
    case "loitering":
    case "waiting":
    case "parcel-left":
    case "parcel-taken":
      return zones.length === 0
        ? say.seen(say.moved[kind], at)
        : say.seenIn(say.moved[kind], listOf(zones), at);
  }
}

function timeOf(wallMs: number, nowWallMs: number): string {
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  const day = Math.abs(nowWallMs - wallMs) < dayMs ? {} : ({ weekday: "short" } as const);
  return new Intl.DateTimeFormat(undefined, { ...day, ...time }).format(wallMs);
}

function listOf(zones: readonly string[]): string {
  return new Intl.ListFormat(undefined, { type: "conjunction" }).format(zones);
}

function isPushed(value: unknown): value is Pushed {
  if (typeof value !== "object" || value === null) return false;
  const said = value as Record<keyof Pushed, unknown>;
  const { kind, event, wallMs, zones, rings, movements, name } = said;
  return (
    [...kinds, ...Object.keys(say.moved)].includes(String(kind)) &&
    (event === null || (typeof event === "string" && /^[0-9a-z-]{8,40}$/u.test(event))) &&
    typeof name === "string" &&
    [wallMs, rings, movements, ...more.map((word) => said[word] ?? 0)].every(Number.isFinite) &&
    Math.abs(Number(wallMs)) < 8.64e15 &&
    Array.isArray(zones) &&
    zones.every((zone) => typeof zone === "string")
  );
}
