/**
 * Verdict: is this told now, later in a digest, or never; and why not now?
 */
import { everywhere } from "../sight/rules.ts";
import { isQuiet } from "./quiet.ts";
import type { AlertKind } from "./kinds.ts";
import type { Rules } from "./rules.ts";
import type { Snooze } from "./snooze.ts";

export interface Happening {
  readonly kind: AlertKind;
  /** Where it moves; none = not known. */
  readonly zones: readonly string[];
}

/**
 * kind, zone: not wanted. rule: the house is not told of such there (zone-actions.ts). quiet, snooze: not now. flood: too
 * many, told together. phone: they have none that is told.
 */
export const reasons = ["kind", "zone", "rule", "quiet", "snooze", "flood", "phone"] as const;
export type Reason = (typeof reasons)[number];

export type Verdict =
  | { readonly told: "now" }
  | { readonly told: "later"; readonly why: "quiet" | "snooze" | "flood" }
  | { readonly told: "never"; readonly why: "kind" | "zone" | "rule" | "quiet" | "snooze" | "phone" };

export interface Circumstances {
  readonly wallMs: number;
  /** In force; null = none. */
  readonly snooze: Snooze | null;
  /** Movements were told often enough lately. */
  readonly flooded: boolean;
}

export function verdictOf(happening: Happening, rules: Rules, now: Circumstances): Verdict {
  const { kind } = happening;
  if (!rules.kinds.includes(kind)) return { told: "never", why: "kind" };
  if (!isWhereWanted(happening, rules)) return { told: "never", why: "zone" };
  const silence = silenceOf(kind, rules, now);
  if (silence !== null) return { told: rules.digestAfter ? "later" : "never", why: silence };
  return isFlooding(kind) && now.flooded ? { told: "later", why: "flood" } : { told: "now" };
}

const alone: ReadonlySet<AlertKind> = new Set(["ring", "waiting", "parcel-left", "parcel-taken"]);

/** Many of it are told together; what somebody waits for is not. */
export function isFlooding(kind: AlertKind): boolean {
  return !alone.has(kind);
}

/** Why nothing of this kind is told now; null = it may be. */
export function silenceOf(
  kind: AlertKind,
  rules: Rules,
  { wallMs, snooze }: Pick<Circumstances, "wallMs" | "snooze">,
): "quiet" | "snooze" | null {
  const isRing = kind === "ring";
  if (snooze !== null && !(isRing && snooze.ringThrough)) return "snooze";
  if (isQuiet(rules, wallMs) && !(isRing && rules.ringThroughQuiet)) return "quiet";
  return null;
}

/** A movement of which nobody knows where it is may be anywhere. */
function isWhereWanted({ kind, zones }: Happening, rules: Rules): boolean {
  const known = zones.filter((zone) => zone !== everywhere);
  if (kind === "ring" || rules.zones.length === 0 || known.length === 0) return true;
  return known.some((zone) => rules.zones.includes(zone));
}
