/**
 * Clock text: a place in a video.
 */

/** 83,250 ms = "1:23.2". */
export function clockText(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
}
