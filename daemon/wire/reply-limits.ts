/**
 * Reply limits: how many quick replies, how long, in which voices. Apart from api-talk.ts, so that the page gets these alone.
 */
export const mostReplies = 12;
export const mostReplyS = 12;
export const replyRate = 16_000;
export const mostReplyBytes = 44 + mostReplyS * replyRate * 2;
/** Voices of espeak-ng that most houses here need. */
export const voices = ["en-gb", "de", "fr", "es", "it", "nl", "pl", "tr"] as const;
export type VoiceName = (typeof voices)[number];
