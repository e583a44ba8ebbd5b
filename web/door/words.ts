/**
 * Words of what is at the door and did not ring, in English; part of words.ts.
 */
export const doorWords = {
  title: "At the door",
  waiting: "Somebody is at the door and has not rung",
  came: (time: string) => `Came at ${time}`,
  parcel: (time: string) => `A parcel was left at ${time}`,
  see: "See it",
  dismiss: "Not news any more",
};
