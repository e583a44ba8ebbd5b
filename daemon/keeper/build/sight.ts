/**
 * Sight: the eye's link, and everything that asks it or watches through it.
 *
 *   eye -> book, store, live, heat -> pages; motion sensor's verdict; gaps
 *   page -> live, heat, stills, privacy -> eye
 */
import { runningTime } from "../../../hal/running-time.ts";
import { Examinations } from "../examinations.ts";
import { HeatHub } from "../heat.ts";
import { JournalFlush } from "../journal-flush.ts";
import { EyeLink } from "../links/eye.ts";
import { RtspLink } from "../links/rtsp.ts";
import { LiveHub } from "../live.ts";
import { PrivacyDesk } from "../privacy/desk.ts";
import { rtspDoor } from "../rtsp-door.ts";
import { CameraFeed } from "../sensors/camera-feed.ts";
import { Stills } from "../stills.ts";
import type { Built, Site } from "./site.ts";
import { orNull } from "./storage.ts";

type Watched = Pick<Built, "live" | "heat" | "camera">;
type Asked = Pick<Built, "stills" | "examinations" | "journalFlush">;

export function buildSight(
  site: Site,
  needed: Pick<Built, "book" | "store" | "gaps" | "views">,
): Watched & Asked & Pick<Built, "eye" | "rtsp" | "privacy"> {
  const watched = buildWatched(site);
  const asked = buildAsked(site);
  const eye = buildEye(site, { ...needed, ...watched, ...asked });
  return {
    ...watched,
    ...asked,
    eye,
    privacy: buildPrivacy(site),
    rtsp: buildRtsp(site, { live: watched.live, views: needed.views }),
  };
}

/** What comes from the eye as long as somebody looks. */
function buildWatched({ house, onChange }: Site): Watched {
  return {
    live: new LiveHub((on) => {
      house().eye.send({ type: "live", on });
      onChange();
    }),
    heat: new HeatHub((on) => {
      house().eye.send({ type: "heat", on });
      onChange();
    }),
    camera: new CameraFeed((asked) => house().eye.send({ type: "timings", ...asked })),
  };
}

/** Questions to the eye, with their answers. */
function buildAsked({ clock, house }: Site): Asked {
  const isThere = (): boolean => house().eye.peer.connected;
  const send: EyeLink["send"] = (message) => house().eye.send(message);
  return {
    stills: new Stills({ clock, isThere, send }),
    examinations: new Examinations({ clock, isThere, send }),
    journalFlush: new JournalFlush({ clock, isThere, send }),
  };
}

function buildEye(
  { paths, clock, log, house, onChange }: Site,
  needed: Watched & Asked & Pick<Built, "book" | "store" | "gaps">,
): EyeLink {
  const { book, store, gaps, live, heat, camera, stills, examinations, journalFlush } = needed;
  return new EyeLink({
    path: paths.eyeSocket,
    clock,
    book,
    live,
    heat,
    camera,
    keep: (change) => store.push(change),
    stateOfClip: (id) => orNull(() => store.clip(id))?.state ?? null,
    onDiskFull: (wantedBytes) => {
      log.warn({ wantedBytes }, "the disk is full");
      void house().janitor.makeRoom(wantedBytes);
    },
    stills,
    examinations,
    journalFlush,
    tell: (happened) => void house().history.note(happened),
    pir: () => house().sensors.pir.said,
    privacyHolds: () => house().privacy.holds,
    onClosedByWord: () => house().privacy.adopt(),
    alertPictures: { answer: (answer) => house().alertPictures.answer(answer) },
    onLook: (seen) => house().sensors.pir.look(seen),
    onModel: () => house().audience.model(),
    gaps,
    onChange,
  });
}

function buildPrivacy({ paths, clock, house, onChange }: Site): PrivacyDesk {
  return new PrivacyDesk({
    path: paths.privacy,
    clock,
    runningTime,
    clockTrusted: () => house().grants.clockTrusted,
    eyeFault: () => house().eye.closedFault,
    tellEye: (hold) => {
      if (hold) house().live.clear();
      house().eye.privacy(hold);
    },
    append: (happened) => house().history.append(happened),
    note: (happened) => house().history.note(happened),
    onChange,
  });
}

function buildRtsp(site: Site, { live, views }: Pick<Built, "live" | "views">): RtspLink {
  const { paths, settings, clock, house, onChange } = site;
  return new RtspLink({
    path: paths.rtspSocket,
    enabled: settings.rtsp.enabled,
    clock,
    live,
    views,
    door: () => rtspDoor(house()),
    onChange,
  });
}
