/**
 * Rules: which sensitivity is in force in a zone, by the light and the local time of day.
 *
 * Of several rules that hold the first counts; none = the zone's own sensitivity, else that of the whole.
 * Where no time of day is known (a replayed file) rules that ask for one do not hold.
 */
import { levelFused, type Fuse, type PirSays } from "./fusion.ts";

/** How bright the picture is, and what by (daemon/eye/motion/light.ts). */
export const lights = ["bright", "dark", "infrared"] as const;
export type Light = (typeof lights)[number];

/** The name of the only zone where none is drawn. */
export const everywhere = "everywhere";

/**
 * Another sensitivity while all that it names holds; null or absent = whatever. Of several that hold for a
 * zone the first one counts.
 */
export interface SensitivityRule {
  /** Name of a zone. */
  readonly zone?: string | null | undefined;
  readonly light?: Light | null | undefined;
  /** Local time of day, "22:00"; `to` is the first minute that is not in it any more and may be the next day's. */
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly sensitivity: number;
}

/** What rules can ask for. */
export interface Moment {
  readonly light: Light;
  /** Of the local day, 0..1439; null = not known. */
  readonly minute: number | null;
  /** Absent = unknown: there is no PIR that can be asked. */
  readonly pir?: PirSays | undefined;
}

/** Where nothing is known yet: the camera's first pictures, a file. */
export const firstMoment: Moment = { light: "bright", minute: null };

export interface Sensitivities {
  /** Of the whole. */
  readonly sensitivity: number;
  readonly rules?: readonly SensitivityRule[] | undefined;
  /** Absent = the picture alone. */
  readonly fuse?: Fuse | undefined;
}

export interface ZoneSensitivity {
  readonly name: string;
  readonly sensitivity?: number | undefined;
  /** Absent = that of the whole. */
  readonly fuse?: Fuse | undefined;
}

export function sensitivityIn(settings: Sensitivities, zone: ZoneSensitivity, moment: Moment): number {
  const rule = settings.rules?.find((each) => holds(each, zone.name, moment));
  return rule?.sensitivity ?? zone.sensitivity ?? settings.sensitivity;
}

/** The least level that fires in a zone, with what the PIR says. */
export function levelIn(settings: Sensitivities, zone: ZoneSensitivity, moment: Moment): number {
  const fuse = zone.fuse ?? settings.fuse ?? "picture";
  return levelFused(fuse, sensitivityIn(settings, zone, moment), moment.pir ?? "unknown");
}

function holds(rule: SensitivityRule, zone: string, { light, minute }: Moment): boolean {
  if ((rule.zone ?? zone) !== zone || (rule.light ?? light) !== light) return false;
  const from = minuteOf(rule.from);
  const to = minuteOf(rule.to);
  if (from === null && to === null) return true;
  return minute !== null && isBetween(minute, from ?? 0, to ?? dayMinutes);
}

const dayMinutes = 1_440;

/** `to` is not in it any more; before `from` it is the next day's, and the same as `from` is a whole day. */
function isBetween(minute: number, from: number, to: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minutes of "22:00"; null = none is given. */
function minuteOf(time: string | null | undefined): number | null {
  if (time === null || time === undefined) return null;
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return 60 * hours + minutes;
}

/** The first rule that names a zone which is not there, in words; null = all are. */
export function ruleProblem(
  zones: readonly { readonly name: string }[],
  rules: readonly SensitivityRule[],
): string | null {
  const names = zones.length === 0 ? [everywhere] : zones.map(({ name }) => name);
  for (const [index, { zone }] of rules.entries()) {
    if (zone === null || zone === undefined || names.includes(zone)) continue;
    return `rule ${index + 1} is for a zone "${zone}", and the zones are ${names.join(", ")}`;
  }
  return null;
}
