/**
 * Words of what is at the door and did not ring, in English; part of words.ts.
 */
export const doorWords = {
  title: "At the door",
  waiting: "Somebody is at the door and has not rung",
  at: (time: string) => `at ${time}`,
  yesterday: (time: string) => `yesterday at ${time}`,
  /** The event goes on; whoever waited may have left before it is over. */
  came: (when: string) => `Came ${when}; something has moved since`,
  parcel: (when: string) => `A parcel was left ${when}`,
  see: "See it",
  dismiss: "Dismiss",
};
