/**
 * Me: the person who is signed in, as pages meet them: who they are, and what their keys do.
 */
import type { Envelope, PayloadType } from "../../daemon/identity/envelope.ts";
import type { WhoAmI } from "../../daemon/wire/api-household.ts";

export interface Me extends WhoAmI {
  /** The doorbell's public key, pinned when this browser was paired: whom signatures name. */
  readonly device: string;
  /** `value` as JSON, signed with this person's key. */
  sign(type: PayloadType, value: unknown): Promise<Envelope>;
  /** The same with the key for neighbours' boards, which nothing else is signed with. */
  signOnBoard(type: PayloadType, value: unknown): Promise<Envelope>;
  /** Bytes that were sealed to this person. Throws Fault `denied`, `corrupt`. */
  open(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}
