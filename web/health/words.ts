/**
 * Words of the health page, in English; part of words.ts.
 */
export const healthWords = {
  well: "Everything is well.",
  wellNote: (ago: string) => `Sill has been running for ${ago}.`,
  nowTitle: "Wrong now",
  since: (moment: string, ago: string) => `Since ${moment}, for ${ago}.`,
  otherHint: "The doorbell tries again by itself. If it stays, run the self-test.",
  partsTitle: "How each part is",
  pastTitle: "Wrong before",
  pastNote: "Since Sill started here last. Each was over by itself or put right.",
  pastNone: "Nothing that lasted longer than ten seconds.",
  past: (from: string, lasted: string) => `${from}, for ${lasted}`,
  times: (count: number) => `${count} times within that`,
  selftest: "Run the self-test",
  units: (days: number, hours: number, minutes: number, seconds: number): string => {
    if (days > 0) return amount(days, "day") + (days < 3 && hours > 0 ? ` ${amount(hours, "hour")}` : "");
    if (hours > 0)
      return amount(hours, "hour") + (hours < 3 && minutes > 0 ? ` ${amount(minutes, "minute")}` : "");
    return minutes > 0 ? amount(minutes, "minute") : amount(seconds, "second");
  },
};

function amount(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
