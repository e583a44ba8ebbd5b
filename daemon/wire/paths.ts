/**
 * Names under the data folder, in one place.
 *
 *   data.json                which Sill wrote all this
 *   device.key  device.pub   the doorbell's own key; its name alone, for the eye
 *   pairing.json             the one-time pairing code, while there is one
 *   household/000000.json    who belongs here: signed records, one file each, a chain
 *   policy.json              the privacy policy
 *   policies/000001.json     every policy that was ever in force, by version
 *   eye/                     what the eye remembers, and no other process may write; elsewhere with `memory`:
 *     policy-seen.json       the newest policy that was in force
 *     trust.json             the household's first and newest record
 *     guard/                 features of the fixed scene
 *     focus.json             how sharp the camera has ever been
 *     privacy-seen.json      that there was a privacy.json
 *   privacy.json             is the camera's sight closed (privacy now), by whom, until when
 *   zones.json               motion zones drawn on the page; without it those of the settings
 *   sessions.json            who is signed in (hashes of the cookies)
 *   push/phones.json         browsers that are told by web push, and the key that they were given; phones.damaged.json
 *   history/2026-01.jsonl    of a version before the ledger; taken over once
 *   ledger/                  the ledger: entries, tree, checkpoints, details (daemon/ledger)
 *   alerts/rules.json        how persons and the house want to be told, and what is snoozed; held.json: what waits
 *   consent/                 where this house is, the feed as far as it was checked, requests, grants
 *   tls/                     certificate and key of the page
 *   sill.db                  the index (SQLite), rebuilt from the files when lost
 *   journal/2026-01-31.jsonl events of one UTC day, one JSON line per change
 *   motion/2026-01-31.sight  the motion journal: levels per cell, no picture (daemon/sight/journal)
 *   walks/<walk>.json        reports of walk tests
 *   clips/2026-01-31/<clip>/ clip.json, and sealed: init.mp4.age  000000.m4s.age ...  thumb.jpg.age, and where a parcel
 *                            was left or taken parcel-left-before.jpg.age ...
 *   selftest/<run>/          reports of self-tests (daemon/selftest)
 *   talk/                    replies.json, <reply>.wav: the owner's quick replies; chime.json: the tone of a ring
 *   models/<name>/           the owner's models: manifest.json and the file that it names (sill models add)
 *   run/                     lock and sockets, nothing that must survive; elsewhere with the setting `run`.
 *                            A folder per socket: its group says who may knock
 */
import { dirname, join } from "node:path";

export interface DataPaths {
  readonly root: string;
  readonly stamp: string;
  readonly policy: string;
  readonly policies: string;
  readonly eye: string;
  readonly policySeen: string;
  readonly deviceKey: string;
  readonly deviceName: string;
  readonly pairing: string;
  readonly household: string;
  readonly trust: string;
  readonly guard: string;
  readonly focus: string;
  readonly privacy: string;
  readonly privacySeen: string;
  readonly zones: string;
  readonly sessions: string;
  readonly push: string;
  readonly history: string;
  readonly ledger: string;
  readonly alerts: string;
  readonly consent: string;
  readonly tls: string;
  readonly database: string;
  readonly journal: string;
  readonly motion: string;
  readonly walks: string;
  readonly clips: string;
  readonly selftest: string;
  readonly talk: string;
  readonly models: string;
  readonly run: string;
  readonly lock: string;
  readonly eyeSocket: string;
  readonly courierSocket: string;
  readonly rtspSocket: string;
  /** For commands on this machine that ask the running house: self-test, lines. */
  readonly controlSocket: string;
}

/** The settings that say where; empty = below the data folder. */
export interface Places {
  readonly data: string;
  readonly run: string;
  readonly memory: string;
}

export function pathsOf({ data, run, memory }: Places): DataPaths {
  return dataPaths(data, { run, memory });
}

export function dataPaths(root: string, elsewhere: Partial<Omit<Places, "data">> = {}): DataPaths {
  const run = elsewhere.run || join(root, "run");
  const eye = elsewhere.memory || join(root, "eye");
  return {
    root,
    stamp: join(root, "data.json"),
    policy: join(root, "policy.json"),
    policies: join(root, "policies"),
    eye,
    policySeen: join(eye, "policy-seen.json"),
    deviceKey: join(root, "device.key"),
    deviceName: join(root, "device.pub"),
    pairing: join(root, "pairing.json"),
    household: join(root, "household"),
    trust: join(eye, "trust.json"),
    guard: join(eye, "guard"),
    focus: join(eye, "focus.json"),
    privacy: join(root, "privacy.json"),
    privacySeen: join(eye, "privacy-seen.json"),
    zones: join(root, "zones.json"),
    sessions: join(root, "sessions.json"),
    push: join(root, "push"),
    history: join(root, "history"),
    ledger: join(root, "ledger"),
    alerts: join(root, "alerts"),
    consent: join(root, "consent"),
    tls: join(root, "tls"),
    database: join(root, "sill.db"),
    journal: join(root, "journal"),
    motion: join(root, "motion"),
    walks: join(root, "walks"),
    clips: join(root, "clips"),
    selftest: join(root, "selftest"),
    talk: join(root, "talk"),
    models: join(root, "models"), // as models/open.ts has it
    run,
    lock: join(run, "lock.db"),
    eyeSocket: join(run, "eye", "eye.sock"),
    courierSocket: join(run, "courier", "courier.sock"),
    rtspSocket: join(run, "rtsp", "rtsp.sock"),
    controlSocket: join(run, "control", "control.sock"),
  };
}

/** Folders that must be there before the keeper listens. */
export function socketFolders({ eyeSocket, courierSocket, rtspSocket, controlSocket }: DataPaths): string[] {
  return [eyeSocket, courierSocket, rtspSocket, controlSocket].map(dirname);
}

/** "2026-01-31" in UTC: folders must not depend on a time zone that can change. */
export function dayOf(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

export function clipFolder(paths: DataPaths, clip: string, startWallMs: number): string {
  return join(paths.clips, dayOf(startWallMs), clip);
}

/** All but the manifest are age files (daemon/seal). */
/** 000001.json: sorts by number. */
export function numberedFile(number: number): string {
  return `${String(number).padStart(6, "0")}.json`;
}

export const clipFiles = {
  init: "init.mp4.age",
  thumbnail: "thumb.jpg.age",
  manifest: "clip.json",
  fragment: (index: number): string => `${String(index).padStart(6, "0")}.m4s.age`,
  picture: (name: PictureName): string => `${name}.jpg.age`,
} as const;

/** Pictures that a clip may have beside its thumbnail, one of each: the place before somebody came, and after. */
export const pictureNames = [
  "parcel-left-before",
  "parcel-left-after",
  "parcel-taken-before",
  "parcel-taken-after",
] as const;
export type PictureName = (typeof pictureNames)[number];
