/**
 * Face: which words lie over the live picture?
 *
 * Pure. The cause nearest to the owner's hand wins: what the viewer chose, then the browser, the
 * connection, the camera, the mask, and only then "it stalled". `covers` = the picture under it
 * is old or empty and is hidden; otherwise the words are a note in its corner.
 */
import type { Status } from "../../daemon/wire/api.ts";
import { words } from "../words.ts";
import type { FeedState } from "./feed.ts";

export interface FaceInput {
  readonly wanted: boolean;
  readonly unsupported: "none" | "undecodable" | null;
  readonly feed: FeedState;
  /** A picture of this connection has been seen. */
  readonly playing: boolean;
  readonly status: Status | null;
}

export interface Face {
  readonly kind: "live" | "wait" | "paused" | "problem" | "masked";
  readonly title: string;
  readonly hint: string;
  readonly covers: boolean;
}

const { live: say } = words;
const cover = (kind: Face["kind"], title: string, hint = ""): Face => ({ kind, title, hint, covers: true });

function cameraFace(status: Status | null): Face | null {
  const camera = status?.camera;
  if (camera === undefined || camera.state === "running") return null;
  if (camera.state === "opening") return cover("wait", say.cameraOpening);
  const title = camera.state === "stalled" ? say.cameraStalled : say.cameraFailed;
  return cover("problem", title, say.cameraHint);
}

export function faceOf(input: FaceInput): Face {
  if (!input.wanted) return cover("paused", say.paused, say.pausedHint);
  if (input.unsupported === "none") return cover("problem", say.unsupported, say.unsupportedHint);
  if (input.unsupported === "undecodable") return cover("problem", say.undecodable, say.unsupportedHint);
  if (input.feed === "lost") return cover("problem", say.offline, say.offlineHint);
  const camera = cameraFace(input.status);
  if (camera !== null) return camera;
  const mask = input.status?.mask;
  if (mask?.visibleFrac === 0) {
    const { state, reason = "changed" } = mask.guard ?? {};
    if (state !== "tripped") return cover("masked", say.masked, say.maskedHint);
    return cover("masked", words.guard.title[reason], words.guard.hint[reason]);
  }
  if (input.feed === "stalled") return cover("problem", say.stalled, say.stalledHint);
  if (!input.playing) return cover("wait", say.connecting);
  return { kind: "live", title: say.live, hint: "", covers: false };
}
