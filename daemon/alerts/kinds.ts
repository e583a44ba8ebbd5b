/**
 * Kinds: of what somebody can be told, and which of them an event is worth.
 *
 * Of one event a listener is told at most once that something moves, under the best word that they asked for; what
 * somebody then does there (a parcel left, nobody rang) is told beside it. `motion` = it moves and nobody could tell what,
 * `other` = it moves and is taken for nothing that matters.
 */
import type { Label } from "../../models/labels.ts";
import { happeningKinds } from "../wire/what.ts";

export const moveKinds = ["motion", "person", "vehicle", "animal", "other"] as const;
export type MoveKind = (typeof moveKinds)[number];

export const alertKinds = ["ring", ...moveKinds, ...happeningKinds] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What goes out: whoever asked for `other` hears that something moves. */
export type ToldKind = Exclude<AlertKind, "other">;
export const toldKinds = alertKinds.filter((kind): kind is ToldKind => kind !== "other");

export function toldAs(kind: AlertKind): ToldKind {
  return kind === "other" ? "motion" : kind;
}

/** Until labels came, `motion` stood for whatever moves: with none of the newer words it still does. */
export function asMeant(kinds: readonly AlertKind[]): AlertKind[] {
  const isOld = kinds.includes("motion") && kinds.every((kind) => kind === "ring" || kind === "motion");
  return isOld ? [...kinds.filter((kind) => kind === "ring"), ...moveKinds] : [...kinds];
}

/** What is known of one event. */
export interface Known {
  readonly kind: "ring" | "motion";
  /** Labels that are certain enough, in any order; none = nobody can tell. */
  readonly what: readonly Label[];
}

/** As what its movement can be told, the one that matters most first; none for a ring. */
export function moveKindsOf({ kind, what }: Known): MoveKind[] {
  if (kind === "ring") return [];
  const named = moveKinds.filter((each) => each !== "motion" && each !== "other" && what.includes(each));
  if (named.length > 0) return named;
  return what.length > 0 && what.every((label) => label === "other") ? ["other"] : ["motion"];
}
