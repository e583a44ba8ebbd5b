/** Counts: what the RTSP server was asked for and gave; shown on the status page and in /metrics. */
export interface Counts {
  /** Frames to clients, and frames that a slow one skipped. */
  out: number;
  dropped: number;
  /** Connections that came, and those that were sent away: too many, too slow, no RTSP, wrong password. */
  connections: number;
  refused: number;
  lastError: string | null;
}

export function newCounts(): Counts {
  return { out: 0, dropped: 0, connections: 0, refused: 0, lastError: null };
}
