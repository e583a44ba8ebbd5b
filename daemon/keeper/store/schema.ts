/**
 * Schema: the tables of the index, and how an older index becomes this one.
 *
 * The index holds nothing that the journal and the clip folders do not hold too (but for
 * `facts`, whose loss only makes retention wait). A migration is one SQL text per version; all
 * missing ones run in one transaction, so an index is at one version or another, never between.
 * Times are wall milliseconds since 1970 (`..._wall_ms`) or milliseconds within a clip (`..._ms`).
 */
import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../../hal/fault.ts";

const version1 = `
-- What happened. seq is the order of being recorded: it is right when the clock was not.
CREATE TABLE events (
  seq           INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  kind          TEXT    NOT NULL,                 -- ring, motion
  state         TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'interrupted')),
  start_wall_ms INTEGER NOT NULL,
  end_wall_ms   INTEGER,                          -- null while open
  score         REAL    NOT NULL,                 -- peak motion score; 0 for a ring
  zones         TEXT    NOT NULL,                 -- JSON array of zone names
  clip          TEXT                              -- first clip that shows it; null = no video
) STRICT;
-- The two questions of the timeline: newest first, all kinds or one. Pages go by (start, id).
CREATE INDEX events_by_start ON events (start_wall_ms, id);
CREATE INDEX events_by_kind  ON events (kind, start_wall_ms, id);
CREATE INDEX events_by_clip  ON events (clip) WHERE clip IS NOT NULL;
CREATE INDEX events_open     ON events (id) WHERE state = 'open';

-- One recording: a folder of files.
CREATE TABLE clips (
  seq           INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  state         TEXT    NOT NULL CHECK (state IN ('recording', 'complete', 'interrupted')),
  start_wall_ms INTEGER NOT NULL,                 -- first frame, pre-roll included; names the day folder
  codec         TEXT    NOT NULL,
  width         INTEGER NOT NULL,
  height        INTEGER NOT NULL,
  thumbnail     INTEGER NOT NULL DEFAULT 0,       -- 1 = thumb.jpg.age is there
  duration_ms   INTEGER NOT NULL DEFAULT 0,       -- end of the last fragment
  bytes         INTEGER NOT NULL DEFAULT 0,       -- all files of the folder that we know of
  deleting      INTEGER NOT NULL DEFAULT 0        -- 1 = files are going; finished at the next start
) STRICT;
CREATE INDEX clips_by_start  ON clips (start_wall_ms);
CREATE INDEX clips_sizes     ON clips (deleting, bytes, start_wall_ms);
CREATE INDEX clips_recording ON clips (id) WHERE state = 'recording';

-- A fragment that is durable on the disk.
CREATE TABLE fragments (
  clip          INTEGER NOT NULL REFERENCES clips (seq) ON DELETE CASCADE,
  number        INTEGER NOT NULL,                 -- its index in the clip, from 0
  start_ms      INTEGER NOT NULL,
  duration_ms   INTEGER NOT NULL,
  bytes         INTEGER NOT NULL,
  sha256        BLOB    NOT NULL,                 -- of the bytes on the disk
  PRIMARY KEY (clip, number)
) STRICT, WITHOUT ROWID;

-- Which clips show which events: a ring during motion shares a clip, a long event has several.
CREATE TABLE clip_events (
  clip          TEXT NOT NULL,
  event         TEXT NOT NULL,
  PRIMARY KEY (clip, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX clip_events_by_event ON clip_events (event);

-- Events that were deleted, so that a clip that also shows another one does not bring them back.
CREATE TABLE deleted_events (
  id            TEXT    PRIMARY KEY,
  start_wall_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far each day's journal has been read into the tables.
CREATE TABLE journals (
  day           TEXT    PRIMARY KEY,              -- 2026-01-31
  bytes         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Single numbers: wall_seen_ms, age_hold_ms (retention.ts).
CREATE TABLE facts (
  name          TEXT    PRIMARY KEY,
  value         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

const version2 = `
-- What somebody said of an event: good, false (alarm); null = nothing.
ALTER TABLE events ADD COLUMN mark TEXT CHECK (mark IN ('good', 'false'));
`;

const version3 = `
-- Who saw the movement: picture, pir, both; null = nobody did, or it was not kept.
ALTER TABLE events ADD COLUMN seer TEXT CHECK (seer IN ('picture', 'pir', 'both'));
-- 1 = it woke a sleeping camera.
ALTER TABLE events ADD COLUMN woke INTEGER NOT NULL DEFAULT 0;
`;

const version4 = `
-- When nothing could be seen or kept, and why (../blind/reason.ts). An open one goes on.
CREATE TABLE gaps (
  id            TEXT    PRIMARY KEY,
  reason        TEXT    NOT NULL,
  start_wall_ms INTEGER NOT NULL,
  end_wall_ms   INTEGER                           -- null while it goes on
) STRICT, WITHOUT ROWID;
CREATE INDEX gaps_by_start ON gaps (start_wall_ms);
`;

const version5 = `
-- What moved, as the model says: JSON arrays, in one order (labels; how certain, 0..1; what it came to).
ALTER TABLE events ADD COLUMN what        TEXT NOT NULL DEFAULT '[]';
ALTER TABLE events ADD COLUMN what_scores TEXT NOT NULL DEFAULT '[]';
ALTER TABLE events ADD COLUMN happenings  TEXT NOT NULL DEFAULT '[]';
-- What somebody says it was; null = nobody said.
ALTER TABLE events ADD COLUMN corrected   TEXT;
`;

const version6 = `
-- What moved as the model says, before the house's thresholds: JSON, [{label, score}].
ALTER TABLE events ADD COLUMN said TEXT NOT NULL DEFAULT '[]';
`;

const version7 = `
-- 1 = all that moved is ruled ignore where it was, as of the last change: hidden, and kept for less time.
ALTER TABLE events ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0;
-- Why it is not ignored whatever is ruled: ring, shared, person; null = nothing speaks for it.
ALTER TABLE events ADD COLUMN spared TEXT;
CREATE INDEX events_ignored ON events (start_wall_ms, id) WHERE ignored = 1;
`;

const version8 = `
-- What the PIR said while it went on: unknown, silent, moved.
ALTER TABLE events ADD COLUMN pir TEXT NOT NULL DEFAULT 'unknown' CHECK (pir IN ('unknown', 'silent', 'moved'));
`;

/** Migration n (counted from 1) makes version n out of version n - 1. Never edit one that shipped. */
export const migrations: readonly string[] = [
  version1,
  version2,
  version3,
  version4,
  version5,
  version6,
  version7,
  version8,
];

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
}

/** Brings an index up to date. Throws Fault `invalid` for one that a newer Sill wrote. */
export function migrate(database: DatabaseSync, steps: readonly string[] = migrations): void {
  const version = versionOf(database);
  if (version > steps.length) {
    throw new Fault("invalid", `the index has version ${version}, this Sill knows up to ${steps.length}`);
  }
  if (version === steps.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
