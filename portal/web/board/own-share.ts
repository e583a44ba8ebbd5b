/**
 * OwnShare: the share link of a post, as a way within this portal; null when it leads anywhere else.
 *
 * A post says "/s/GRANT#KEY", or the same with a host before it. The host is dropped: whoever reads the board
 * stays on it, whatever a post says.
 */
export function ownShare(share: string | null): string | null {
  const found = /^(?:https?:\/\/[^/]+)?(\/s\/[0-9a-z-]{8,40}#AGE-SECRET-KEY-1[0-9A-Z]+)$/u.exec(share ?? "");
  return found?.[1] ?? null;
}
