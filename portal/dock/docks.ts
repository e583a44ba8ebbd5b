/**
 * Docks: where a doorbell may deliver, by the path of the address it was given.
 *
 *   /dock/agencies/AGENCY   parcels for an agency of the log, for as long as `dock.keepDays`
 *   /dock/shares            parcels behind a link, until the grant ends
 *   /dock/board             posts for the neighbours' board
 */
import { agencyIdSchema, idSchema, sha256Schema } from "../../daemon/consent/common.ts";
import { maxGrantDays } from "../../daemon/consent/grant.ts";
import type { PortalSettings } from "../settings/schema.ts";
import type { DockName } from "../store/store.ts";

const mb = 1024 * 1024;
const dayMs = 86_400_000;
export const maxPostBytes = 16 * 1024;

export const agencyDock = (agency: string): DockName => `agencies/${agency}`;
export const sharesDock: DockName = "shares";
export const boardDock: DockName = "board";

/** "/dock/agencies/harbour-police" -> "agencies/harbour-police"; null = no dock. */
export function dockOf(path: string): DockName | null {
  const [, name = ""] = /^\/dock\/(.+)$/u.exec(path) ?? [];
  if (name === sharesDock || name === boardDock) return name;
  const [, agency = ""] = /^agencies\/([^/]+)$/u.exec(name) ?? [];
  return agencyIdSchema.safeParse(agency).success ? name : null;
}

/** Whose dock it is; null = nobody's. */
export function agencyOf(dock: DockName): string | null {
  return dock.startsWith("agencies/") ? dock.slice("agencies/".length) : null;
}

export function mostBytes(dock: DockName, { maxParcelMb, maxShareMb }: PortalSettings["dock"]): number {
  if (dock === boardDock) return maxPostBytes;
  return (dock === sharesDock ? maxShareMb : maxParcelMb) * mb;
}

/** What a parcel says about itself outside its seal. */
export interface Label {
  readonly grant: string;
  readonly letterBytes: number;
  readonly request: string | null;
  readonly until: number | null;
}

/** Null = not a label of ours. Words that we do not know are left out. */
export function readLabel(metadata: Readonly<Record<string, string | null>>, bytes: number): Label | null {
  const grant = idSchema.safeParse(metadata["parcel"]).data;
  const letterBytes = wholeOf(metadata["letter"] ?? String(bytes));
  const request = metadata["request"] ?? null;
  const until = metadata["until"] ?? null;
  const isGood =
    letterBytes !== null &&
    letterBytes >= 1 &&
    letterBytes <= bytes &&
    (request === null || sha256Schema.safeParse(request).success) &&
    (until === null || wholeOf(until) !== null);
  if (grant === undefined || !isGood) return null;
  return { grant, letterBytes, request, until: until === null ? null : wholeOf(until) };
}

function wholeOf(text: string): number | null {
  return /^\d{1,15}$/u.test(text) ? Number(text) : null;
}

/** When what arrived goes. */
export function untilOf(dock: DockName, nowMs: number, wanted: number | null, keepDays: number): number {
  const mostMs = (dock === sharesDock ? maxGrantDays : keepDays) * dayMs;
  return Math.min(nowMs + mostMs, wanted ?? Infinity);
}
