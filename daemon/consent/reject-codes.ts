/**
 * Reject codes: every reason for which an entry of the public log is not shown to an owner, and what
 * it is called for people. A closed list: portal, desk and doorbell count and explain by these alone.
 *
 * Who composes a request reads the sentence about it; an owner reads how often each happened.
 * What is in no log has no code: a doorbell never sees it.
 */
export const rejectWords = {
  // the entry
  "bad-shape": "It is no message of a known kind, or says more or less than such a message may.",
  "too-long": "It is longer than an entry of the log may be.",
  "bad-signature": "Its signature does not fit what it says.",
  "wrong-signer": "It is signed by a key that may not sign such a message.",
  "old-profile": "A profile of this agency with the same or a higher version is known already.",
  // what must be stated
  "no-case": "It names no case.",
  "incident-not-listed": "It is about something for which nobody may ask.",
  "retention-not-stated": "It does not state after how many days the recordings are deleted.",
  "onward-not-stated": "It does not state to whom the recordings may be passed on.",
  // who asks
  "unknown-agency": "No agency of this name has been vouched for.",
  "unknown-key": "The agency's profile does not list the key that signed it.",
  "key-revoked": "The key that signed it has been revoked.",
  "key-not-valid-yet": "The key that signed it was not the agency's yet.",
  "wrong-seal-key": "It wants the recordings sealed to a key that is not the agency's.",
  "wrong-dock": "It wants the recordings delivered to a place that is not the agency's.",
  "outside-jurisdiction": "Its area reaches beyond the agency's territory.",
  // how much it asks for
  "radius-too-small": "Its radius is below 150 m: that asks one home.",
  "radius-too-large": "Its radius is above 400 m.",
  "window-reversed": "Its window ends before it begins.",
  "window-too-short": "Its window is shorter than 15 minutes: that asks for one person's way.",
  "window-too-long": "Its window is longer than 12 hours.",
  "window-not-over": "Its window was not over when it was published: nobody may ask for what comes.",
  "window-too-old": "Its window begins more than 45 days before it was published.",
  "lifetime-reversed": "It ends before it begins.",
  "lifetime-too-long": "It is open for more than 14 days.",
  "keep-too-long": "The recordings would be kept for more than a year.",
  "too-many-per-case": "The agency has asked twice already in this case.",
  replayed: "The agency has published a request with this number before.",
  // when
  "issued-in-future": "It is dated in the future.",
  expired: "Its time is over.",
  // how many
  flood: "There were more of them at once than a doorbell looks at.",
} as const;

export type RejectCode = keyof typeof rejectWords;

export function isRejectCode(text: string): text is RejectCode {
  return Object.hasOwn(rejectWords, text);
}
