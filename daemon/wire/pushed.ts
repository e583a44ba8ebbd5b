/**
 * Pushed: what a phone's notification is made of, before it is encrypted to that phone.
 *
 * Words are made on the phone, in its own language (web/push). No picture, no name of a person.
 */
import type { Counts } from "../alerts/counts.ts";
import type { ToldKind } from "../alerts/kinds.ts";

export interface Pushed extends Partial<Omit<Counts, "rings" | "motions">> {
  /** digest: what could not be told in time. test: somebody asked for it on the page. */
  readonly kind: ToldKind | "digest" | "test";
  /** The event's id; of a digest the newest one's. */
  readonly event: string | null;
  readonly wallMs: number;
  /** The owner's names of the zones it was seen in; the first of them. */
  readonly zones: readonly string[];
  readonly rings: number;
  /** Of which nobody could tell what; persons and the like are counted beside them where there are any. */
  readonly movements: number;
  /** What the doorbell is called. */
  readonly name: string;
}
