/**
 * Names under the data folder, in one place.
 *
 *   policy.json              the privacy policy
 *   policy-seen.json         the newest policy that was in force, as the eye remembers it
 *   sill.db                  the index (SQLite), rebuilt from the files when lost
 *   journal/2026-01-31.jsonl events of one UTC day, one JSON line per change
 *   clips/2026-01-31/<clip>/ init.mp4  000000.m4s ...  thumb.jpg  clip.json
 *   run/                     lock and sockets, nothing that must survive
 */
import { join } from "node:path";

export interface DataPaths {
  readonly root: string;
  readonly policy: string;
  readonly policySeen: string;
  readonly database: string;
  readonly journal: string;
  readonly clips: string;
  readonly run: string;
  readonly lock: string;
  readonly eyeSocket: string;
  readonly courierSocket: string;
}

export function dataPaths(root: string): DataPaths {
  const run = join(root, "run");
  return {
    root,
    policy: join(root, "policy.json"),
    policySeen: join(root, "policy-seen.json"),
    database: join(root, "sill.db"),
    journal: join(root, "journal"),
    clips: join(root, "clips"),
    run,
    lock: join(run, "lock.db"),
    eyeSocket: join(run, "eye.sock"),
    courierSocket: join(run, "courier.sock"),
  };
}

/** "2026-01-31" in UTC: folders must not depend on a time zone that can change. */
export function dayOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

export function clipFolder(paths: DataPaths, clip: string, startWallMs: number): string {
  return join(paths.clips, dayOf(startWallMs), clip);
}

export const clipFiles = {
  init: "init.mp4",
  thumbnail: "thumb.jpg",
  manifest: "clip.json",
  fragment: (index: number): string => `${String(index).padStart(6, "0")}.m4s`,
} as const;
