/**
 * Closers: who closes the camera's sight, and who may open it again. Pure, and without a schema: pages ask it too.
 */

/** Farthest first. */
export const closers = ["broker", "member", "owner"] as const;
export type Closer = (typeof closers)[number];

/** Who opens must be as near as who closed. */
export function mayOpen(by: Closer, closure: { readonly by: Closer }): boolean {
  return closers.indexOf(by) >= closers.indexOf(closure.by);
}
