/**
 * Deleted words: how the history tells that recordings go by the retention rules.
 */
import type { Happened } from "./history.ts";
import type { DeletionReason, Retention } from "./retention.ts";

const because: Readonly<Record<DeletionReason, string>> = {
  age: "older than they are kept",
  ignored: "nothing in them but what you ignore",
  budget: "more than the disk may hold",
  free: "to make room on the disk",
};

export function deletedWords(clips: Retention["clips"]): Happened {
  const reasons = [...new Set(clips.map(({ reason }) => because[reason]))].join(", ");
  const [only, ...others] = clips;
  const about = only !== undefined && others.length === 0 ? { about: { clip: only.id } } : {};
  const count = clips.length === 1 ? "1 recording" : `${clips.length} recordings`;
  return { who: null, what: "clips-deleted", detail: `${count}: ${reasons}`, ...about };
}
