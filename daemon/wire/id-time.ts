/**
 * Id time: when the thing with this id began (id.ts makes them). Pure; the page uses it too.
 */

/** Null for an id of another making. */
export function wallMsOf(id: string): number | null {
  const time = /^([0-9a-z]{9})-[0-9a-z]{10}$/u.exec(id)?.[1];
  return time === undefined ? null : Number.parseInt(time, 36);
}
