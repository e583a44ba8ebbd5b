/**
 * Levels: what a cell is worth, as the sensitivity that it takes to see it.
 *
 * Level L (1..100) fires from sensitivity 101 - L on; 0 never fires. Everything that depends on a
 * sensitivity is a comparison of levels, so a stored level answers for every sensitivity alike:
 * the motion journal holds levels and nothing finer (daemon/eye/motion makes them from evidence).
 */
import { thresholdOf } from "./sensitivity.ts";

export const mostLevel = 100;
/** What sensitivity 0 asks for: no level reaches it. */
export const neverLevel = mostLevel + 1;

/** The least level that fires at a sensitivity; neverLevel for 0. */
export function levelAsked(sensitivity: number): number {
  return sensitivity > 0 ? neverLevel - Math.min(100, Math.round(sensitivity)) : neverLevel;
}

/** Per evidence 0..255, its level. */
export const levelOfEvidence: Uint8Array = Uint8Array.from({ length: 256 }, (_, evidence) => {
  for (let sensitivity = 1; sensitivity <= 100; sensitivity += 1)
    if (evidence >= thresholdOf(sensitivity)) return levelAsked(sensitivity);
  return 0;
});

/** A level beside what a zone asks for, in hundredths of its threshold: from 100 on it is motion. */
export function scoreOf(level: number, asked: number): number {
  if (asked === 0) return 100; // whatever the picture shows
  if (level === 0 || asked >= neverLevel) return 0;
  return Math.floor((100 * evidenceOf(level)) / evidenceOf(asked));
}

function evidenceOf(level: number): number {
  return thresholdOf(neverLevel - level);
}
