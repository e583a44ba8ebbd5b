/**
 * API: what the pages of calibration ask the doorbell.
 */
import type {
  JournalSpan,
  LabelThresholds,
  Preview,
  Proposal,
  Walk,
  walkBodySchema,
  walkListSchema,
} from "../../daemon/wire/api-calibration.ts";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Event } from "../../daemon/wire/api.ts";
import type { z } from "zod";
import { ask, sending } from "../state/api.ts";

export interface Asking {
  readonly zones: Zones;
  readonly fromWallMs: number;
  readonly toWallMs: number;
}

export type WalkBody = z.input<typeof walkBodySchema>;
export type WalkLine = z.output<typeof walkListSchema>["walks"][number];

async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await ask(path, init)).json()) as T;
}

export const getZones = (): Promise<Zones> => json("/api/zones");
export const putZones = async (zones: Zones): Promise<void> =>
  void (await ask("/api/zones", sending("PUT", zones)));
export const getJournal = (): Promise<JournalSpan> => json("/api/calibration");

/** How far a preview or a proposal is, which may have to read a week first. */
export const getProgress = (): Promise<{ readonly busy: boolean; readonly doneFrac: number }> =>
  json("/api/calibration/progress");

export const previewOf = (asking: Asking, signal: AbortSignal): Promise<Preview> =>
  json("/api/calibration/preview", { ...sending("POST", asking), signal });
export const proposalOf = (asking: Asking, signal: AbortSignal): Promise<Proposal> =>
  json("/api/calibration/propose", { ...sending("POST", asking), signal });

export const labelsOf = (zones: Zones): Promise<LabelThresholds> =>
  json("/api/calibration/labels", sending("POST", { zones }));

export const getEvent = (id: string): Promise<Event> => json(`/api/events/${encodeURIComponent(id)}`);

const walkPath = (id: string): string => `/api/walks/${encodeURIComponent(id)}`;

export const getWalks = async (): Promise<readonly WalkLine[]> =>
  (await json<{ walks: WalkLine[] }>("/api/walks")).walks;
export const postWalk = (body: WalkBody): Promise<Walk> => json("/api/walks", sending("POST", body));
export const deleteWalk = async (id: string): Promise<void> =>
  void (await ask(walkPath(id), { method: "DELETE" }));
export const walkFiles = {
  json: (id: string): string => walkPath(id),
  html: (id: string): string => `${walkPath(id)}/report`,
} as const;
