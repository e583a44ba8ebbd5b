/**
 * Sweep: the retention rules (../retention.ts) applied to the rows and files.
 *
 * Also keeps what is known of the clock (facts wall_seen_ms, age_hold_ms), and drops journal days
 * whose events have all passed their time.
 */
import type { DatabaseSync } from "node:sqlite";
import { dayOf } from "../../wire/paths.ts";
import {
  judgeClock,
  retain,
  type ClockSeen,
  type Retention,
  type RetentionLimits,
  type StoredClip,
  type StoredEvent,
} from "../retention.ts";
import type { Access } from "./access.ts";
import { deleteClips, finishDeletions } from "./deletion.ts";

const hourMs = 3_600_000;

export interface SweepInput extends RetentionLimits {
  readonly wallMs: number;
  readonly monoMs: number;
  readonly freeBytes: number;
  readonly wantedBytes: number;
  /** Clips of which something was granted: what is ignored in them is kept like everything else. */
  readonly granted: readonly string[];
}

export interface Swept extends Retention {
  /** Events that stay, without their video. */
  readonly bereft: readonly string[];
  /** Running time until age counts again; 0 = the clock is trusted. */
  readonly holdMs: number;
}

/** What earlier runs knew of the clock: the fact, else the newest thing that was recorded. */
export function lastSeenClock(database: DatabaseSync): ClockSeen | null {
  const fact = database.prepare("SELECT value FROM facts WHERE name = ?");
  const newest = database
    .prepare(
      `SELECT max(at) AS at FROM (SELECT max(start_wall_ms) AS at FROM clips
       UNION ALL SELECT max(start_wall_ms) FROM events)`,
    )
    .get()?.at;
  const wallMs = fact.get("wall_seen_ms")?.value ?? newest ?? null;
  if (wallMs === null) return null;
  return { wallMs: Number(wallMs), monoMs: null, holdMs: Number(fact.get("age_hold_ms")?.value ?? 0) };
}

/** What would go now; nothing does. */
export function due({ database }: Access, lastSeen: ClockSeen | null, input: SweepInput): Retention {
  return dueAt(database, judgeClock(lastSeen, input.wallMs, input.monoMs), input);
}

function dueAt(database: DatabaseSync, seen: ClockSeen, input: SweepInput): Retention {
  const ignoredIn = clipsOfIgnored(database);
  return retain({
    ...input,
    clips: storedClips(database, ignoredIn, new Set(input.granted)),
    events: storedEvents(database, ignoredIn),
    nowWallMs: input.wallMs,
    clockTrusted: seen.holdMs === 0,
  });
}

/** Answers what went, and what to remember of the clock. */
export function sweep(
  access: Access,
  lastSeen: ClockSeen | null,
  input: SweepInput,
): { swept: Swept; seen: ClockSeen } {
  const { database, writer } = access;
  const seen = judgeClock(lastSeen, input.wallMs, input.monoMs);
  writer.transaction(() => finishDeletions(access));
  const found = dueAt(database, seen, input);
  const going = new Set(found.events);
  const bereft = found.clips.flatMap(({ id }) => eventsOf(database, id)).filter((id) => !going.has(id));
  const ids = found.clips.map((clip) => clip.id);
  deleteClips(access, ids, () => {
    for (const id of found.events) writer.forgetEvent(id);
    writer.fact("wall_seen_ms", input.wallMs);
    writer.fact("age_hold_ms", seen.holdMs);
  });
  if (seen.holdMs === 0) dropOld(access, input.wallMs - input.retentionHours * hourMs);
  return { swept: { ...found, bereft: [...new Set(bereft)], holdMs: seen.holdMs }, seen };
}

function storedClips(
  database: DatabaseSync,
  ignoredIn: ReadonlyMap<string, readonly string[]>,
  granted: ReadonlySet<string>,
): StoredClip[] {
  const ignored = new Set([...ignoredIn.values()].flat());
  const isWanted = database.prepare(
    `SELECT 1 FROM clip_events JOIN events ON events.id = clip_events.event
     WHERE clip_events.clip = ? AND ignored = 0 LIMIT 1`,
  );
  const isIgnored = (id: string): boolean =>
    ignored.has(id) && !granted.has(id) && isWanted.get(id) === undefined;
  return database
    .prepare("SELECT id, start_wall_ms, bytes, state FROM clips WHERE deleting = 0 ORDER BY seq")
    .all()
    .map((row) => ({
      id: String(row.id),
      startWallMs: Number(row.start_wall_ms),
      bytes: Number(row.bytes),
      recording: row.state === "recording",
      ignored: isIgnored(String(row.id)),
    }));
}

/** By ignored event. */
function clipsOfIgnored(database: DatabaseSync): Map<string, string[]> {
  const clips = new Map<string, string[]>();
  const rows = database
    .prepare(
      `SELECT events.id AS event, clip_events.clip AS clip FROM events
       LEFT JOIN clip_events ON clip_events.event = events.id WHERE ignored = 1`,
    )
    .all();
  for (const { event, clip } of rows) {
    const known = clips.get(String(event)) ?? [];
    clips.set(String(event), clip === null ? known : [...known, String(clip)]);
  }
  return clips;
}

function storedEvents(
  database: DatabaseSync,
  ignoredIn: ReadonlyMap<string, readonly string[]>,
): StoredEvent[] {
  return database
    .prepare("SELECT id, start_wall_ms, state FROM events ORDER BY start_wall_ms")
    .all()
    .map((row) => ({
      id: String(row.id),
      startWallMs: Number(row.start_wall_ms),
      open: row.state === "open",
      ignoredIn: ignoredIn.get(String(row.id)) ?? null,
    }));
}

function eventsOf(database: DatabaseSync, clip: string): string[] {
  const rows = database.prepare("SELECT id FROM events WHERE clip = ?").all(clip);
  return rows.map((row) => String(row.id));
}

function dropOld({ database, journal, writer }: Access, cutoffWallMs: number): void {
  const firstKept = dayOf(Math.max(0, cutoffWallMs));
  for (const day of journal.days()) {
    if (day >= firstKept) break;
    journal.remove(day);
    writer.forgetJournal(day);
  }
  writer.forgetGaps(cutoffWallMs);
  database.prepare("DELETE FROM deleted_events WHERE start_wall_ms < ?").run(Math.round(cutoffWallMs));
}
