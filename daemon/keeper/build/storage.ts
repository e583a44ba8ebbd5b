/**
 * Storage: the index with its thread, the open events, and what deletes the oldest.
 *
 *   event -> book -> pages, alerts, RTSP; store            store (durable) -> pages
 *   clock -> janitor -> store -> pages
 */
import { isDiskFull, type Fault } from "../../../hal/fault.ts";
import type { Clip, Event } from "../../wire/api.ts";
import { deletedWords } from "../deleted-words.ts";
import { EventBook } from "../event-book.ts";
import { Janitor } from "../janitor.ts";
import { faultFields } from "../log.ts";
import { MotionDays } from "../motion-days.ts";
import type { Change } from "../store/change.ts";
import { Store } from "../store/store.ts";
import type { Swept } from "../store/sweep.ts";
import type { Built, Site } from "./site.ts";

/** A question whose failure is shown elsewhere (the store's own fault). */
export function orNull<T>(ask: () => T | null): T | null {
  try {
    return ask();
  } catch {
    return null; // the index is away; its fault is on the status page
  }
}

type Storage = Pick<Built, "store" | "book" | "motionDays" | "janitor">;

/** `onLastSeen`: once it is open, with when it was written last. */
export function buildStorage(site: Site, onLastSeen: (wallMs: number | null) => void): Storage {
  const { settings, clock, paths } = site;
  const store = buildStore(site, onLastSeen);
  const motionDays = new MotionDays(paths.motion, settings.motion.journalDays);
  const janitor = new Janitor({
    settings: settings.storage,
    retentionHours: () => retentionHours(site),
    ignoredHours: settings.what.ignoredHours,
    granted: () => site.house().grants.grantedClips,
    folder: paths.root,
    clock,
    store,
    motion: motionDays,
    onDeleting: (clips) => site.house().history.note(deletedWords(clips)),
    onSwept: (swept) => tellSwept(site, swept),
    onFreed: (freeBytes) => site.house().eye.send({ type: "disk-freed", freeBytes }),
  });
  return { store, book: buildBook(site, store), motionDays, janitor };
}

/** The signed policy may say less than the settings, never more. */
function retentionHours({ settings, policies }: Site): number {
  return Math.min(settings.storage.retentionHours, policies.policy?.retentionHours ?? Infinity);
}

function buildStore(
  { paths, clock, log, house, onChange }: Site,
  onLastSeen: (wallMs: number | null) => void,
): Store {
  const onFault = (fault: Fault | null): void => {
    const { janitor } = house();
    if (fault === null) log.info("the store works again");
    else log.error(faultFields(fault), "the store cannot write");
    if (fault === null) void janitor.sweep();
    else if (isDiskFull(fault)) void janitor.makeRoom(0);
    onChange();
  };
  return new Store({
    paths,
    clock,
    onCommitted: (changes) => {
      const { store, book, pages } = house();
      for (const id of clipsOf(changes)) {
        const clip = orNull<Clip>(() => store.clip(id));
        if (clip !== null) pages.tell({ type: "clip", clip });
      }
      // only now: a page that hears of a thumbnail asks for it at once
      for (const change of changes) if (change.type === "clip-thumbnail") book.thumbnail(change.clip);
    },
    onFault,
    onOpened: (opened) => {
      if (opened.movedTo !== null) log.warn({ movedTo: opened.movedTo }, "the index was damaged; rebuilt it");
      log.info(opened, "index agrees with the files");
      onLastSeen(opened.lastSeenWallMs);
      onChange();
    },
  });
}

function clipsOf(changes: readonly Change[]): string[] {
  const ids = changes.flatMap((change) => {
    if (change.type === "event" || change.type === "gap") return [];
    return [change.type === "clip" ? change.clip.id : change.clip];
  });
  return [...new Set(ids)];
}

function buildBook({ clock, settings, drawnZones, house }: Site, store: Store): EventBook {
  return new EventBook({
    clock,
    ringMs: settings.recording.postRollMs,
    tell: (event: Event, fresh: boolean) => {
      const { pages, audience, rtsp } = house();
      pages.tell({ type: "event", event, fresh });
      audience.event(event, fresh);
      rtsp.event(event, fresh);
    },
    keep: (event) => store.push({ type: "event", event }),
    isCertain: (seen, event) => drawnZones.isCertain(seen, event),
    pirSays: () => house().sensors.pir.lately,
    isIgnored: (event) => drawnZones.ignores(event),
    ignoredMs: settings.what.ignoredHours * 3_600_000,
    onKnown: (id, kinds) => house().audience.known(id, kinds),
    onSettled: (id) => house().audience.settled(id),
    find: (id) => orNull(() => store.event(id)),
  });
}

function tellSwept({ log, house, onChange }: Site, swept: Swept): void {
  const { history, pages, store } = house();
  if (swept.holdMs === 0) void history.eraseOld();
  if (swept.clips.length + swept.events.length === 0) return;
  log.info({ clips: swept.clips.length, events: swept.events.length }, "deleted by the retention rules");
  for (const id of swept.events) pages.tell({ type: "event-deleted", id });
  for (const id of swept.bereft) {
    const event = orNull(() => store.event(id));
    if (event !== null) pages.tell({ type: "event", event, fresh: false });
  }
  onChange();
}
