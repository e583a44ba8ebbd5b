/**
 * Face: which words lie over the live picture?
 *
 * Pure. That somebody closed the camera's sight says all; else the cause nearest to the owner's hand wins: what the viewer chose, then the browser, the
 * connection, the camera, the mask, and only then "it stalled". `covers` = the picture under it
 * is old or empty and is hidden; otherwise the words are a note in its corner.
 */
import type { Status } from "../../daemon/wire/api-status.ts";
import { closedSaid } from "../privacy/said.ts";
import { privacyWords } from "../privacy/words.ts";
import { words } from "../words.ts";
import type { FeedState } from "./feed.ts";

export interface FaceInput {
  readonly wanted: boolean;
  readonly unsupported: "none" | "undecodable" | null;
  readonly feed: FeedState;
  /** A picture of this connection has been seen. */
  readonly playing: boolean;
  readonly status: Status | null;
  readonly nowMs: number;
}

export interface Face {
  readonly kind: "live" | "wait" | "paused" | "problem" | "masked" | "closed";
  readonly title: string;
  readonly hint: string;
  readonly covers: boolean;
  /** What the way to the line is called; null = there is nothing to draw. */
  readonly draw: string | null;
}

const { live: say } = words;
const cover = (kind: Face["kind"], title: string, hint = ""): Face => ({
  kind,
  title,
  hint,
  covers: true,
  draw: null,
});

function cameraFace(status: Status | null): Face | null {
  const camera = status?.camera;
  if (camera === undefined || camera.state === "running") return null;
  if (camera.state === "asleep") return cover("wait", say.cameraAsleep);
  if (camera.state === "opening") return cover("wait", say.cameraOpening);
  const title = camera.state === "stalled" ? say.cameraStalled : say.cameraFailed;
  return cover("problem", title, say.cameraHint);
}

/** What was covered comes back by itself; the rest waits for an owner's line. */
function maskedFace(guard: Status["mask"]["guard"]): Face {
  if (guard?.state !== "tripped")
    return { ...cover("masked", say.masked, say.maskedHint), draw: say.drawLine };
  const { reason = "changed" } = guard;
  const { title, hint, go } = words.guard;
  return { ...cover("masked", title[reason], hint[reason]), draw: reason === "covered" ? null : go };
}

function closedFace(privacy: Status["privacy"], nowMs: number): Face {
  return cover("closed", privacyWords.closed, `${closedSaid(privacy, nowMs)} ${privacyWords.ring}`);
}

export function faceOf(input: FaceInput): Face {
  if (input.status?.privacy.closed === true) return closedFace(input.status.privacy, input.nowMs);
  if (!input.wanted) return cover("paused", say.paused, say.pausedHint);
  if (input.unsupported === "none") return cover("problem", say.unsupported, say.unsupportedHint);
  if (input.unsupported === "undecodable") return cover("problem", say.undecodable, say.unsupportedHint);
  if (input.feed === "lost" && input.status?.ledger.fault !== undefined)
    return cover("problem", words.problems.ledger, words.problems.ledgerHint);
  if (input.feed === "lost") return cover("problem", say.offline, say.offlineHint);
  const camera = cameraFace(input.status);
  if (camera !== null) return camera;
  const mask = input.status?.mask;
  if (mask?.visibleFrac === 0) return maskedFace(mask.guard);
  if (input.feed === "stalled") return cover("problem", say.stalled, say.stalledHint);
  if (!input.playing) return cover("wait", say.connecting);
  return { kind: "live", title: say.live, hint: "", covers: false, draw: null };
}
