/** Events, clips and a status as the API sends them, for the page's tests. */
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event } from "../../daemon/wire/api.ts";

export const noonMs = new Date(2026, 5, 10, 12).getTime();

export function anEvent(id: string, change: Partial<Event> = {}): Event {
  return {
    id,
    kind: "motion",
    state: "closed",
    startWallMs: noonMs,
    endWallMs: noonMs + 8_000,
    score: 1,
    zones: [],
    clip: null,
    thumbnail: false,
    mark: null,
    seer: null,
    woke: false,
    what: [],
    whatScores: [],
    said: [],
    pir: "unknown",
    happenings: [],
    corrected: null,
    ignored: false,
    spared: null,
    ...change,
  };
}

/** A clip of `count` fragments of 2 s, starting at noon. */
export function aClip(count: number, change: Partial<Clip> = {}): Clip {
  const fragments = Array.from({ length: count }, (_, index) => ({
    index,
    startMs: index * 2_000,
    durationMs: 2_000,
    bytes: 1_000,
    sha256: "0".repeat(64),
  }));
  return {
    id: "clip-1",
    state: "complete",
    startWallMs: noonMs,
    durationMs: count * 2_000,
    bytes: count * 1_000,
    codec: "avc1.42c01f",
    width: 1280,
    height: 720,
    thumbnail: true,
    fragments,
    ...change,
  };
}

interface StatusChange {
  readonly camera?: Status["camera"]["state"];
  readonly visibleFrac?: number;
  readonly button?: Status["sensors"][number]["state"];
  readonly away?: Status["processes"][number]["name"];
  readonly dropped?: number;
  readonly storage?: Partial<Status["storage"]>;
  readonly ledger?: Partial<Status["ledger"]>;
  readonly privacy?: Partial<Status["privacy"]>;
  readonly fault?: { kind: string; message: string; hint?: string };
}

const openSight: Status["privacy"] = {
  closed: false,
  by: null,
  name: null,
  sinceWallMs: null,
  untilWallMs: null,
  waitsForClock: false,
};

export function aStatus(change: StatusChange = {}): Status {
  const { camera = "running", visibleFrac = 0.62, button = "ok", dropped = 0 } = change;
  const fault = change.fault === undefined ? {} : { fault: change.fault };
  const names = ["eye", "keeper", "courier"] as const;
  return {
    version: "0.1.0",
    startedWallMs: noonMs,
    wallMs: noonMs,
    camera: { state: camera, name: "porch", width: 1280, height: 720, fps: 15, ...fault },
    mask: { policyVersion: 1, visibleFrac },
    motion: { active: false, score: 0 },
    recording: null,
    encoder: "x264enc",
    processes: names.map((name) => ({
      name,
      connected: name !== change.away,
      sinceWallMs: noonMs,
      rssBytes: 50_000_000,
    })),
    sensors: [{ name: "sim", role: "button", state: button, count: 0, lastWallMs: null }],
    storage: {
      clips: 1,
      events: 1,
      usedBytes: 2_000_000,
      budgetBytes: 8_000_000,
      freeBytes: 9_000_000,
      retentionHours: 72,
      ignoredHours: 24,
      oldestWallMs: null,
      evicted: 0,
      full: false,
      ...change.storage,
    },
    ledger: { entries: 3, ...change.ledger },
    stages: [{ name: "camera", in: 1_000, out: 1_000 - dropped, dropped }],
    waiting: 0,
    requests: 0,
    feed: "off",
    sending: 0,
    privacy: { ...openSight, ...change.privacy },
    simulated: true,
  };
}
