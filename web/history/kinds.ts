/**
 * Kinds: the history's filters, as kinds of entries that are left out. Pure.
 *
 * Everything is shown to everybody; "all" leaves out only what is told again by another entry: each piece that was
 * about to be sent, each look at the public log.
 */
import {
  entryKinds,
  grantKinds,
  pictureKinds,
  requestKinds,
  type EntryKind,
} from "../../daemon/ledger/kinds.ts";

export const filters = ["all", "seen", "given", "house", "every"] as const;
export type Filter = (typeof filters)[number];

const steps: readonly EntryKind[] = ["send-intent", "feed-checked"];
const seen: readonly EntryKind[] = ["live-view", "clip-view", "call", "snapshot", "setup-still"];
const given: readonly EntryKind[] = [...requestKinds, ...grantKinds, ...pictureKinds].filter(
  (kind) => !steps.includes(kind),
);

export function withoutOf(filter: Filter): readonly EntryKind[] {
  switch (filter) {
    case "every":
      return [];
    case "all":
      return steps;
    case "seen":
      return entryKinds.filter((kind) => !seen.includes(kind));
    case "given":
      return entryKinds.filter((kind) => !given.includes(kind));
    case "house":
      return [...steps, ...seen, ...given];
  }
}

export type Tone = "seen" | "given" | "house" | "wrong";

const wrong: ReadonlySet<EntryKind> = new Set([
  "guard-tripped",
  "gap",
  "feed-alarm",
  "grant-failed",
  "alert-picture-failed",
  "grant-suspended",
]);

/** How an entry looks. */
export function toneOf(kind: EntryKind): Tone {
  if (wrong.has(kind)) return "wrong";
  if (seen.includes(kind)) return "seen";
  return given.includes(kind) || steps.includes(kind) ? "given" : "house";
}
