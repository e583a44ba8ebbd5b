/**
 * Within: tells a visitor only what lies in a span of time, with the session it belongs to.
 *
 * The session is told with its first frame inside, under the settings in force by then, and with what the PIR had said.
 */
import { noPir, pirStep } from "../pir-track.ts";
import type { MotionSettings } from "../zones.ts";
import type { JournalFrame, JournalSession, JournalSpan, JournalVisitor } from "./records.ts";

export interface SpanVisitor extends Required<JournalVisitor> {
  /** What follows belongs to another session, or does not continue this one. */
  begin(session: Omit<JournalSession, "wallMs">): void;
}

export function within({ fromWallMs, toWallMs }: JournalSpan, to: JournalVisitor): SpanVisitor {
  let session: Omit<JournalSession, "wallMs"> | null = null;
  let told = false;
  const inside = (at: number): boolean => at >= fromWallMs && at < toWallMs;
  const open = (at: number): void => {
    if (told || session === null) return;
    told = true;
    to.session?.({ ...session, wallMs: at });
  };
  return {
    begin(next) {
      session = next;
      told = false;
    },
    session() {}, // a block has none
    settings(at, settings: MotionSettings) {
      if (session !== null) session = { ...session, settings };
      if (told) to.settings?.(at, settings);
    },
    frame(frame: JournalFrame) {
      if (!inside(frame.wallMs)) {
        told = false; // the clock may come back into the span: that continues nothing
        return;
      }
      const isFirst = !told;
      open(frame.wallMs);
      to.frame?.(isFirst && !frame.changed ? { ...frame, changed: true } : frame);
    },
    press(ptsUs, at) {
      if (!inside(at)) return;
      open(at);
      to.press?.(ptsUs, at);
    },
    pir(state, atUs) {
      if (session !== null) session = { ...session, pir: pirStep(session.pir ?? noPir, state, atUs) };
      if (told) to.pir?.(state, atUs);
    },
    wake(ptsUs, at) {
      if (!inside(at)) return;
      open(at);
      to.wake?.(ptsUs, at);
    },
    end(ptsUs, reason) {
      if (told) to.end?.(ptsUs, reason);
    },
    gap(gap) {
      if (gap.toWallMs >= fromWallMs && gap.fromWallMs < toWallMs) to.gap?.(gap);
    },
  };
}
