/**
 * Model: everything the page knows, and how a notice changes it.
 *
 * Pure. The shell around it (home.ts) owns sockets, requests and timers.
 */
import type { CallEnd } from "../../daemon/wire/call-ends.ts";
import type { Status } from "../../daemon/wire/api-status.ts";
import type { Clip, Event, Notice } from "../../daemon/wire/api.ts";
import { forget, remember, type Recent } from "../door/at-door.ts";
import { applyEvent, correctEvent, emptyList, removeEvent } from "../events/list.ts";
import type { EventList } from "../events/list.ts";
import { closerOffset } from "../live/delay.ts";
import { ringOf } from "../ring/ring.ts";
import type { Ringing } from "../ring/ring.ts";

export interface Model {
  readonly link: "connecting" | "open" | "lost";
  readonly status: Status | null;
  /** Doorbell's wall clock minus the viewer's; null before the first notice. */
  readonly offsetMs: number | null;
  readonly list: EventList;
  /** What can matter to who is at the door (door/at-door.ts). */
  readonly recent: Recent;
  /** In the player; it may be older than the list reaches. */
  readonly opened: Event | null;
  /** Clips that notices told about since the page was opened, newest last. */
  readonly clips: ReadonlyMap<string, Clip>;
  readonly ringing: Ringing | null;
  /** The newest call that ended, whoever was in it. */
  readonly callEnded: { readonly id: string; readonly why: CallEnd } | null;
  /** Time of the newest ring that the viewer has dismissed. */
  readonly dismissedWallMs: number;
  /** Counts the notices that rules or a snooze of alerts changed, and that something was told or held. */
  readonly rulesSeen: number;
  readonly toldSeen: number;
}

export const emptyModel: Model = {
  link: "connecting",
  status: null,
  offsetMs: null,
  list: emptyList,
  recent: [],
  opened: null,
  clips: new Map(),
  ringing: null,
  callEnded: null,
  dismissedWallMs: 0,
  rulesSeen: 0,
  toldSeen: 0,
};

const clipsKept = 200;

export function rememberClip(clips: ReadonlyMap<string, Clip>, clip: Clip): ReadonlyMap<string, Clip> {
  const kept = new Map(clips);
  kept.delete(clip.id);
  kept.set(clip.id, clip);
  const [oldest] = kept.keys();
  if (kept.size > clipsKept && oldest !== undefined) kept.delete(oldest);
  return kept;
}

/** The doorbell's present time, as well as this page can tell. */
export function doorbellNow(model: Model, viewerWallMs: number): number {
  return viewerWallMs + (model.offsetMs ?? 0);
}

export function applyNotice(model: Model, notice: Notice, viewerWallMs: number): Model {
  switch (notice.type) {
    case "hello":
      return { ...model, offsetMs: closerOffset(null, notice.wallMs, viewerWallMs) };
    case "status":
      return {
        ...model,
        status: notice.status,
        offsetMs: closerOffset(model.offsetMs, notice.status.wallMs, viewerWallMs),
      };
    case "clip":
      return { ...model, clips: rememberClip(model.clips, notice.clip) };
    case "call-ended":
      return { ...model, callEnded: { id: notice.id, why: notice.why } };
    case "call-heard":
      return model; // of the call alone (talk/use-call.ts)
    case "event-deleted":
      return {
        ...model,
        list: removeEvent(model.list, notice.id),
        recent: forget(model.recent, notice.id),
      };
    case "event": {
      const list = applyEvent(model.list, notice.event);
      const changesRing = notice.fresh || model.ringing?.event.id === notice.event.id;
      const now = doorbellNow(model, viewerWallMs);
      const ringing = changesRing ? ringOf(model.ringing, notice.event, now) : model.ringing;
      const opened = model.opened?.id === notice.event.id ? notice.event : model.opened;
      return { ...model, list, opened, ringing, recent: remember(model.recent, notice.event) };
    }
    case "alerts":
      return notice.what === "rules"
        ? { ...model, rulesSeen: model.rulesSeen + 1 }
        : { ...model, toldSeen: model.toldSeen + 1 };
  }
}

/** Another word of somebody's on what moved, in the list and in the player. */
export function corrected(model: Model, id: string, label: Event["corrected"]): Model {
  const { list, opened, recent } = model;
  return {
    ...model,
    recent: recent.map((event) => (event.id === id ? { ...event, corrected: label } : event)),
    list: correctEvent(list, id, label),
    opened: opened?.id === id ? { ...opened, corrected: label } : opened,
  };
}

export function dismissed(model: Model): Model {
  if (model.ringing === null) return model;
  return { ...model, ringing: null, dismissedWallMs: model.ringing.event.startWallMs };
}

/** A ring of the last moments that no notice told about: the page was opened because of it. */
export function ringFromList(model: Model, nowMs: number): Model {
  const newest = model.list.events.find((event) => event.kind === "ring");
  if (newest === undefined || newest.startWallMs <= model.dismissedWallMs) return model;
  return { ...model, ringing: ringOf(model.ringing, newest, nowMs) };
}
