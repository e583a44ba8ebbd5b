/** Somebody who may watch, for tests that record: sealed to `viewers`, opened with `viewer`. */
import { generateIdentity, recipientOf } from "../../../daemon/seal/age/keys.ts";

export const viewer = generateIdentity();
export const viewers = [recipientOf(viewer)];
