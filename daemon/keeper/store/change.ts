/**
 * Changes: everything that can happen to the index, as data.
 *
 * Each is idempotent (applying it twice is applying it once), so a batch whose outcome is unknown
 * is simply tried again. Changes of events and gaps are written to the journal before their row.
 */
import type { Gap } from "../../wire/api-timeline.ts";
import type { Clip, Event } from "../../wire/api.ts";

export type ClipState = Clip["state"];
export type FragmentRow = Clip["fragments"][number];

/** A clip without what its files add to it. */
export type ClipHead = Pick<Clip, "id" | "state" | "startWallMs" | "codec" | "width" | "height">;

export type Change =
  | { readonly type: "event"; readonly event: Event }
  | { readonly type: "gap"; readonly gap: Gap }
  | { readonly type: "clip"; readonly clip: ClipHead }
  | { readonly type: "clip-event"; readonly clip: string; readonly event: string }
  | { readonly type: "clip-fragment"; readonly clip: string; readonly fragment: FragmentRow }
  | { readonly type: "clip-thumbnail"; readonly clip: string; readonly bytes: number }
  /** It has one picture more: the folder is read again, as its recording may be over. */
  | { readonly type: "clip-picture"; readonly clip: string }
  /** The state is set and the folder is read again: messages may have been lost on the way. */
  | { readonly type: "clip-state"; readonly clip: string; readonly state: ClipState };
