/**
 * Files: every name under the data folder and how what lies there is hunted through.
 *
 * words   text, no run of it long enough for a picture
 * sealed  an age file: opened with the owner's key and searched as a clip or thumbnail (pictures.ts);
 *         here: that it is one, and that it has no second life under another name
 * hashes  nodes of the ledger's tree: each is the hash that its entries make
 * levels  the motion journal: read to its last byte it is levels of visible cells, at most 48x27, and their times
 * index   a database: no column holds anything but numbers and short texts
 * sound   a quick reply: a header of 44 bytes and the samples that it states, nothing else
 * empty   a socket or a lock
 *
 * A file that fits no pattern fails the build.
 */
import type { clipFiles, DataPaths } from "../../daemon/wire/paths.ts";

export type FileHunt = "words" | "sealed" | "hashes" | "levels" | "index" | "sound" | "empty";

export interface FilePattern {
  readonly name: RegExp;
  readonly hunt: FileHunt;
}

/** A file of ours is written under a name like `.policy.json.tmp` first (daemon/seal/durable.ts). */
function file(path: string, hunt: FileHunt): FilePattern {
  const parts = path.split("/");
  const last = parts.pop() ?? "";
  return { name: new RegExp(`^${[...parts, `(?:${last}|\\.${last}\\.tmp)`].join("/")}$`, "u"), hunt };
}

const clip = "clips/\\d{4}-\\d\\d-\\d\\d/[0-9a-z-]+";

export const clipHunts: Readonly<Record<keyof typeof clipFiles, FilePattern>> = {
  init: file(`${clip}/init\\.mp4\\.age`, "sealed"),
  thumbnail: file(`${clip}/thumb\\.jpg\\.age`, "sealed"),
  manifest: file(`${clip}/clip\\.json`, "words"),
  fragment: file(`${clip}/\\d{6}\\.m4s\\.age`, "sealed"),
  picture: file(`${clip}/parcel-(?:left|taken)-(?:before|after)\\.jpg\\.age`, "sealed"),
};

export const pathHunts: Readonly<Record<keyof DataPaths, readonly FilePattern[]>> = {
  root: [],
  stamp: [file("data\\.json", "words")],
  policy: [file("policy\\.json", "words")],
  policies: [file("policies/\\d{6}\\.json", "words")],
  eye: [],
  policySeen: [file("eye/policy-seen\\.json", "words")],
  // under a name of its own until it is linked into place (daemon/identity/device-key.ts)
  deviceKey: [file("device\\.key", "words"), file("device\\.key\\.[0-9a-f-]{36}", "words")],
  deviceName: [file("device\\.pub", "words")],
  pairing: [file("pairing\\.json", "words")],
  household: [file("household/\\d{6}\\.json", "words")],
  trust: [file("eye/trust\\.json", "words")],
  // some hundred edge points of the fixed scene, found in masked frames
  guard: [file("eye/guard/\\d{6}\\.json", "words")],
  // three numbers and a hash
  focus: [file("eye/focus\\.json", "words")],
  privacy: [file("privacy\\.json", "words")],
  privacySeen: [file("eye/privacy-seen\\.json", "words")],
  zones: [file("zones\\.json", "words")],
  sessions: [file("sessions\\.json", "words")],
  // addresses at push services and keys: no picture
  push: [file("push/phones(?:\\.damaged)?\\.json", "words")],
  history: [file("history/\\d{4}-\\d\\d\\.jsonl", "words")],
  ledger: [
    file("ledger/entries/\\d{6}\\.jsonl", "words"),
    file("ledger/openings/\\d{6}\\.jsonl", "words"),
    file("ledger/hashes/\\d", "hashes"),
    file("ledger/checkpoint", "words"),
    file("ledger/erased\\.json", "words"),
  ],
  alerts: [file("alerts/(?:rules|held)(?:\\.damaged)?\\.json", "words")],
  consent: [
    file("consent/(?:feed|place|mutes|agencies-\\d+)\\.json", "words"),
    file("consent/court-orders/\\d{6}\\.json", "words"),
    file("consent/seen-\\d+\\.txt", "words"),
    file("consent/clock\\.json", "words"),
    file(
      "consent/grants/[0-9a-z-]+/(?:grant|state|headers|revocation|receipt|notice|answer)\\.json",
      "words",
    ),
    // the owner's words, sealed to the recipient; a post on the board is public text
    file("consent/grants/[0-9a-z-]+/letter\\.age", "sealed"),
  ],
  tls: [file("tls/[a-z]+\\.(?:pem|key|crt|json)", "words")],
  database: [file("sill\\.db(?:-wal|-shm|-journal)?", "index")],
  journal: [file("journal/\\d{4}-\\d\\d-\\d\\d\\.jsonl", "words")],
  motion: [file("motion/\\d{4}-\\d\\d-\\d\\d\\.sight", "levels")],
  walks: [file("walks/[0-9a-z-]+\\.json", "words")],
  clips: Object.values(clipHunts),
  // words and figures; the masked still of a run is sealed
  selftest: [
    file("selftest/[0-9a-z-]+/report\\.json", "words"),
    // bytes of no meaning, there while the disk is measured
    file("selftest/probe\\.bin", "words"),
    file("selftest/[0-9a-z-]+/picture\\.jpg\\.age", "sealed"),
  ],
  // the owner's own sounds and the choice of a tone
  talk: [file("talk/(?:replies|chime)\\.json", "words"), file("talk/[0-9a-z-]+\\.wav", "sound")],
  // who adds a model brings its file; no process of the house writes there
  models: [file("models/[a-z0-9-]+/manifest\\.json", "words")],
  run: [],
  lock: [file("run/lock\\.db(?:-journal)?", "empty")],
  eyeSocket: [file("run/eye/eye\\.sock", "empty")],
  courierSocket: [file("run/courier/courier\\.sock", "empty")],
  rtspSocket: [file("run/rtsp/rtsp\\.sock", "empty")],
  controlSocket: [file("run/control/control\\.sock", "empty")],
};

/** null = nobody has hunted through such a file. */
export function huntOf(path: string): FileHunt | null {
  const fitting = Object.values(pathHunts)
    .flat()
    .find(({ name }) => name.test(path));
  return fitting?.hunt ?? null;
}
