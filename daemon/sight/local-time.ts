/**
 * Local time: the minute of the day where the doorbell stands, by the system's time zone.
 *
 * A schedule says what a clock on the wall says: when summer time begins an hour is missing and when
 * it ends an hour comes twice, as it does for whoever wrote the rule.
 */

/** 0..1439. */
export function localMinuteOf(wallMs: number): number {
  const local = new Date(wallMs);
  return 60 * local.getHours() + local.getMinutes();
}

/** The same, asked for every frame: the calendar is only looked at when the minute is another one. */
export function localMinutes(): (wallMs: number) => number {
  let minute = Number.NaN;
  let answer = 0;
  return (wallMs) => {
    const now = Math.floor(wallMs / 60_000);
    if (now === minute) return answer;
    minute = now;
    answer = localMinuteOf(now * 60_000);
    return answer;
  };
}
