/**
 * Status: one picture of the whole house, made from the parts when somebody asks.
 *
 * What the eye sees comes from its last word, and counts as failed when it is away. `stages` are
 * the counters of every queue and bound (eye's and keeper's), so that nothing is dropped unseen.
 * The same facts as sentences for a person: problems.ts.
 */
import { isDiskFull } from "../../hal/fault.ts";
import type { LightState } from "../../hal/sensors.ts";
import type { Status } from "../wire/api-status.ts";
import type { Link } from "../wire/link.ts";
import { clockFault } from "./clock-fault.ts";
import { wireFault, type Parts, type WireFault } from "./parts.ts";
import { version } from "../wire/sill-version.ts";

type Stage = Status["stages"][number];

const eyeAway: WireFault = {
  kind: "unavailable",
  message: "the eye is not running",
  hint: "sill run starts it again by itself",
};

const eyeSilent: WireFault = {
  kind: "timeout",
  message: "the eye is there, but says nothing any more",
  hint: "under systemd it is ended and started again within seconds; else restart Sill",
};

function stage(name: string, counts: Omit<Stage, "name" | "lastError">, lastError?: string): Stage {
  return lastError === undefined ? { name, ...counts } : { name, ...counts, lastError };
}

function linkStage(name: string, link: Link<unknown> | null): Stage {
  const { sent = 0, received = 0, dropped = 0, rejected = 0 } = link?.counters ?? {};
  return stage(name, { in: received + rejected, out: sent, dropped: dropped + rejected });
}

export function stagesOf(parts: Parts): Stage[] {
  const {
    doorbell,
    pages,
    live,
    heat,
    store,
    sensors,
    eye,
    courier,
    rtsp,
    feedDesk,
    history,
    grants,
    calibration,
    switches,
    alertPictures,
    control,
  } = parts;
  const { queue } = store;
  return [
    ...(eye.status?.stages ?? []),
    stage("button", { in: doorbell.presses, out: doorbell.rings, dropped: doorbell.cooled }),
    stage("pir warm-up", { in: sensors.unsettled, out: 0, dropped: sensors.unsettled }),
    stage("pages", { in: pages.in, out: pages.out, dropped: pages.dropped }),
    stage(
      "viewers",
      { in: live.in, out: live.out, dropped: live.dropped + eye.badUnits },
      eye.lastError?.message,
    ),
    stage("heat viewers", { in: heat.in, out: heat.out, dropped: heat.dropped }),
    stage("calibration", { in: calibration.in, out: calibration.out, dropped: calibration.dropped }),
    stage("commands", control),
    stage("switches", { in: switches.in, out: switches.out, dropped: switches.dropped }, switches.lastError),
    stage(
      "pictures with alerts",
      { in: alertPictures.in, out: alertPictures.out, dropped: alertPictures.dropped },
      alertPictures.lastError,
    ),
    stage("store", { in: queue.in, out: queue.out, dropped: queue.dropped }, queue.fault?.message),
    stage("store waiting", { in: queue.waiting, out: 0, dropped: 0 }),
    linkStage("eye link", eye.link),
    linkStage("courier link", courier.link),
    ...(courier.status?.stages ?? []),
    ...(rtsp.enabled ? [linkStage("rtsp link", rtsp.link), ...(rtsp.status?.stages ?? [])] : []),
    stage("public log", { in: feedDesk.received, out: 0, dropped: feedDesk.dropped }),
    stage(
      "ledger waiting",
      { in: history.waiting, out: 0, dropped: history.dropped },
      history.fault?.message,
    ),
    stage(
      "gate",
      { in: grants.counts.asked, out: grants.counts.handedOver, dropped: grants.counts.refused },
      grants.fault?.message,
    ),
  ];
}

function cameraOf({ eye, settings, clock }: Parts): Status["camera"] {
  if (eye.status !== null)
    return eye.peer.isSilent(clock.monoMs())
      ? { ...eye.status.camera, state: "stalled", fault: eyeSilent }
      : eye.status.camera;
  const { width, height } = settings.camera;
  const away = { name: settings.camera.driver, width, height, fps: 0 };
  // connected, but it has not said anything yet
  if (eye.peer.connected) return { ...away, state: "opening" };
  return { ...away, state: "failed", fault: eyeAway };
}

function storageOf({ store, janitor, settings }: Parts): Status["storage"] {
  const { clips, events, usedBytes, oldestWallMs } = store.totals();
  const fault = store.queue.fault ?? janitor.fault;
  return {
    clips,
    events,
    usedBytes,
    oldestWallMs,
    budgetBytes: settings.storage.budgetMb * 1024 * 1024,
    freeBytes: janitor.freeBytes,
    retentionHours: janitor.retentionHours,
    ignoredHours: janitor.ignoredHours,
    evicted: janitor.evicted,
    full: janitor.full || (fault !== null && isDiskFull(fault)),
    ...(fault === null ? {} : { fault: wireFault(fault) }),
  };
}

function whatOf({ eye, settings }: Parts): Pick<Status, "what"> {
  const what = eye.status?.what;
  if (what === undefined) return {};
  return { what: { ...what, sinceWallMs: eye.whatSinceWallMs, everyMs: settings.what.everyMs } };
}

export function statusOf(parts: Parts): Status {
  const {
    eye,
    courier,
    sensors,
    settings,
    clock,
    people,
    requestBook,
    feedDesk,
    startedWallMs,
    history,
    grants,
  } = parts;
  const said = eye.status;
  const doubt = clockFault(grants.clock, parts.janitor.holdMs);
  return {
    version,
    startedWallMs,
    wallMs: clock.wallMs(),
    camera: cameraOf(parts),
    mask: said?.mask ?? { policyVersion: null, visibleFrac: 0, fault: eyeAway },
    motion: said?.motion ?? { active: false, score: 0 },
    recording: eye.clip ?? said?.recording ?? null,
    ...whatOf(parts),
    encoder: said?.encoder ?? "",
    processes: [
      { ...eye.peer.status, rssBytes: said?.rssBytes ?? eye.peer.status.rssBytes },
      {
        name: "keeper",
        connected: true,
        sinceWallMs: startedWallMs,
        rssBytes: process.memoryUsage.rss(),
      },
      { ...courier.peer.status, rssBytes: courier.status?.rssBytes ?? courier.peer.status.rssBytes },
      ...(parts.rtsp.enabled
        ? [
            {
              ...parts.rtsp.peer.status,
              rssBytes: parts.rtsp.status?.rssBytes ?? parts.rtsp.peer.status.rssBytes,
            },
          ]
        : []),
    ],
    sensors: sensors.status,
    storage: storageOf(parts),
    stages: stagesOf(parts),
    ledger: {
      entries: history.entries,
      ...(history.fault === null ? {} : { fault: wireFault(history.fault) }),
    },
    ...(doubt === null ? {} : { clock: wireFault(doubt) }),
    waiting: people.joins.waiting.length,
    requests: requestBook.undecided,
    feed: feedDesk.status.state,
    sending: grants.sending,
    privacy: parts.privacy.state,
    simulated: settings.camera.driver === "sim",
    ...(courier.status?.mqtt === undefined ? {} : { mqtt: courier.status.mqtt }),
    ...rtspOf(parts),
  };
}

/** Of the picture for systems of the house; nothing where it is not switched on. */
function rtspOf({ rtsp }: Parts): Pick<Status, "rtsp"> {
  if (!rtsp.enabled) return {};
  const { allowed, why } = rtsp.door;
  const { port = null, onvifPort = null, watching = 0, fault } = rtsp.status ?? {};
  return {
    rtsp: {
      allowed,
      port,
      onvifPort,
      watching,
      ...(why === null ? {} : { why }),
      ...(fault === undefined ? {} : { fault }),
    },
  };
}

export function lightOf(parts: Parts): LightState {
  const { eye, live, heat, store, doorSound } = parts;
  // whoever stands there must know, whatever else there is to show
  if (doorSound.listeners > 0) return "live";
  if (eye.status === null || eye.status.camera.state === "failed" || store.queue.fault !== null)
    return "fault";
  // dark: whoever stands at the door is not seen
  if (parts.privacy.state.closed) return "off";
  if (eye.clip !== null) return "recording";
  return live.viewers + heat.viewers > 0 ? "live" : "idle";
}
