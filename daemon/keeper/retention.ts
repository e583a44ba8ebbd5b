/**
 * Retention: what must go, and whether the clock may be believed when it says so.
 *
 * Four reasons, in this order: too old (storage.retentionHours, or less by the policy), ignored and older than
 * what.ignoredHours, over storage.budgetMb, less
 * free than storage.minFreeMb (or than a write that just failed wants). A clip goes as ignored when it shows nothing but
 * ignored events, an ignored event when no recording of it stays. Clips go oldest first in
 * the order of being recorded, which stays right when the wall clock jumped; the clip that is
 * being recorded never goes. Age takes events too; the other reasons leave the event, without video.
 *
 * The clock rule: wall time that moved by more than an hour against the monotonic clock, or
 * that is behind what was last seen, or more than 30 days ahead of it after a restart, is not
 * believed. Deletion by age then waits for 24 hours of running time (counted across restarts),
 * so that a clock that fell to 1970 or leapt ten years ahead, and is corrected within a day,
 * deletes nothing. Budget and free space do not depend on the clock and go on.
 *
 * Pure. The shell is janitor.ts; the rows come from store/.
 */
const hourMs = 3_600_000;
export const maxStepMs = hourMs;
export const maxAwayMs = 30 * 24 * hourMs;
export const holdMs = 24 * hourMs;

export interface StoredClip {
  readonly id: string;
  readonly startWallMs: number;
  readonly bytes: number;
  readonly recording: boolean;
  /** It shows events, all are ignored, and nothing of it was granted to anybody. */
  readonly ignored: boolean;
}

export interface StoredEvent {
  readonly id: string;
  readonly startWallMs: number;
  readonly open: boolean;
  /** Of one that is ignored: the clips that show it. Null = it is not ignored. */
  readonly ignoredIn: readonly string[] | null;
}

export interface RetentionLimits {
  readonly retentionHours: number;
  /** Of ignored events; what is longer than the other counts as that. */
  readonly ignoredHours: number;
  readonly budgetBytes: number;
  readonly minFreeBytes: number;
}

export interface RetentionInput extends RetentionLimits {
  /** Oldest first, in the order of being recorded. */
  readonly clips: readonly StoredClip[];
  readonly events: readonly StoredEvent[];
  readonly nowWallMs: number;
  /** False = nothing is deleted for its age. */
  readonly clockTrusted: boolean;
  readonly freeBytes: number;
  /** What a write that failed wants; 0 = none did. */
  readonly wantedBytes: number;
}

export type DeletionReason = "age" | "ignored" | "budget" | "free";

export interface Retention {
  readonly clips: readonly { readonly id: string; readonly reason: DeletionReason }[];
  readonly events: readonly string[];
}

/** Bytes that must be freed for the free-space limit; a failed write frees at least what it wants. */
export function missingBytes(
  limits: Pick<RetentionLimits, "minFreeBytes">,
  freeBytes: number,
  wantedBytes: number,
): number {
  const below = limits.minFreeBytes + wantedBytes - freeBytes;
  return Math.max(0, below, wantedBytes);
}

export function retain(input: RetentionInput): Retention {
  const cutoffWallMs = input.nowWallMs - input.retentionHours * hourMs;
  const ignoredCutoffWallMs = input.nowWallMs - Math.min(input.ignoredHours, input.retentionHours) * hourMs;
  const tooOld = (startWallMs: number): boolean => input.clockTrusted && startWallMs < cutoffWallMs;
  const nobodyWants = (startWallMs: number): boolean =>
    input.clockTrusted && startWallMs < ignoredCutoffWallMs;
  const isDue = ({ startWallMs, ignored }: StoredClip): boolean =>
    tooOld(startWallMs) || (ignored && nobodyWants(startWallMs));
  const usedBytes = input.clips.reduce((sum, clip) => sum + clip.bytes, 0);
  let overBytes = usedBytes - input.budgetBytes;
  let missing = missingBytes(input, input.freeBytes, input.wantedBytes);

  const clips: { id: string; reason: DeletionReason }[] = [];
  const go = (clip: StoredClip, reason: DeletionReason): void => {
    clips.push({ id: clip.id, reason });
    overBytes -= clip.bytes;
    missing -= clip.bytes;
  };
  const done = input.clips.filter((clip) => !clip.recording);
  for (const clip of done) if (isDue(clip)) go(clip, tooOld(clip.startWallMs) ? "age" : "ignored");
  for (const clip of done) {
    if (isDue(clip)) continue;
    if (overBytes > 0) go(clip, "budget");
    else if (missing > 0) go(clip, "free");
    else break;
  }
  const gone = new Set(clips.map(({ id }) => id));
  const stays = new Set(input.clips.flatMap(({ id }) => (gone.has(id) ? [] : [id])));
  const events = input.events.filter(({ open, startWallMs, ignoredIn }) => {
    if (open) return false;
    if (tooOld(startWallMs)) return true;
    return ignoredIn !== null && nobodyWants(startWallMs) && !ignoredIn.some((clip) => stays.has(clip));
  });
  return { clips, events: events.map((event) => event.id) };
}

export interface ClockSeen {
  readonly wallMs: number;
  /** null = seen by an earlier run. */
  readonly monoMs: number | null;
  /** Running time still to wait before age counts again. */
  readonly holdMs: number;
}

/** What to remember of the clock now; `holdMs` 0 = trusted. */
export function judgeClock(last: ClockSeen | null, wallMs: number, monoMs: number): ClockSeen {
  if (last === null) return { wallMs, monoMs, holdMs: 0 };
  const ranMs = last.monoMs === null ? 0 : Math.max(0, monoMs - last.monoMs);
  const stepMs = wallMs - last.wallMs - ranMs;
  const maxAheadMs = last.monoMs === null ? maxAwayMs : maxStepMs;
  const jumped = stepMs < -maxStepMs || stepMs > maxAheadMs;
  return { wallMs, monoMs, holdMs: jumped ? holdMs : Math.max(0, last.holdMs - ranMs) };
}
