/**
 * Status: the counters of the RTSP process as stages, for the status page and /metrics.
 */
import type { Fault } from "../../hal/fault.ts";
import type { RtspStatus } from "../wire/rtsp.ts";
import type { Attempts } from "./auth/attempts.ts";
import type { Discovery } from "./onvif/discovery.ts";
import type { PullPoints } from "./onvif/pull-points.ts";
import type { Feed } from "./picture/feed.ts";
import type { Counts } from "./server/counts.ts";

type Stage = RtspStatus["stages"][number];

export interface Counted {
  readonly feed: Feed;
  readonly counts: Counts;
  readonly onvifCounts: Counts;
  readonly attempts: Attempts;
  readonly points: PullPoints;
  readonly discovery: Discovery | null;
}

export function stagesOf({ feed, counts, onvifCounts, attempts, points, discovery }: Counted): Stage[] {
  const frames = { in: feed.in, out: counts.out, dropped: feed.dropped + counts.dropped };
  return [
    stage("rtsp frames", frames, feed.lastError?.message ?? null),
    stage("rtsp connections", { in: counts.connections, out: 0, dropped: counts.refused }, counts.lastError),
    stage(
      "onvif connections",
      { in: onvifCounts.connections, out: 0, dropped: onvifCounts.refused },
      onvifCounts.lastError,
    ),
    stage("rtsp passwords", { in: attempts.wrong, out: 0, dropped: attempts.refused }),
    stage("onvif events", points),
    ...(discovery === null ? [] : [stage("onvif discovery", discovery)]),
  ];
}

function stage(
  name: string,
  { in: taken, out, dropped }: { in: number; out: number; dropped: number },
  lastError: string | null = null,
): Stage {
  return { name, in: taken, out, dropped, ...(lastError === null ? {} : { lastError }) };
}

export function toldFault({ kind, message, hint }: Fault): NonNullable<RtspStatus["fault"]> {
  return { kind, message, ...(hint === undefined ? {} : { hint }) };
}
