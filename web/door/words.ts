/**
 * Words of what is at the door and did not ring, in English; part of words.ts.
 */
export const doorWords = {
  title: "At the door",
  waiting: "Somebody is at the door and has not rung",
  at: (time: string) => `at ${time}`,
  yesterday: (time: string) => `yesterday at ${time}`,
  since: (time: string) => `Here since ${time}`,
  sinceYesterday: (time: string) => `Here since yesterday, ${time}`,
  parcel: (when: string) => `A parcel was left ${when}`,
  see: "See it",
  dismiss: "Dismiss",
};
