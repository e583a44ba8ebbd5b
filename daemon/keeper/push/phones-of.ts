/**
 * Phones of: which browsers are told no more when a session is ended by somebody.
 *
 * Those that were added or seen under it. And, since a browser may have signed in anew without having said so yet, those
 * of the same person and kind of browser whose own session ran out: a lost phone must not be told, and one too many that
 * is forgotten says so when it is opened.
 */
import type { KeptSession, Sessions } from "../people/sessions.ts";
import type { Phone } from "./phone-book.ts";

export function phonesOf(ended: KeptSession, { all }: Pick<Sessions, "all">): (phone: Phone) => boolean {
  const alive = new Set(all.map(({ id }) => id));
  return ({ session, person, label }) =>
    session === ended.id || (person === ended.person && label === ended.label && !alive.has(session));
}
