/**
 * Call ends: why a call is over.
 */
export const callEnds = ["hung-up", "signed-out", "lost", "too-long", "stopped"] as const;
export type CallEnd = (typeof callEnds)[number];
