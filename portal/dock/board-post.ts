/**
 * Board post: a parcel for the board is one signed post, in the open. It waits for the moderator.
 *
 * It is signed by a board key, which belongs to a household and to no doorbell that anybody could name. A key
 * has at most a few posts at a time, and only so many wait at all.
 */
import { buffer } from "node:stream/consumers";
import { maxPostDays, postSchema } from "../../daemon/consent/post.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { envelopeSchema } from "../../daemon/identity/signed-shape.ts";
import { verifyEnvelope } from "../../daemon/identity/verify.ts";
import { Fault } from "../../hal/fault.ts";
import type { ParcelBytes } from "../bytes/bytes.ts";
import type { KeptParcel, Store } from "../store/store.ts";
import { Refused } from "./refused.ts";

const maxPerKey = 5;
const maxPending = 1_000;
const slackMs = 5 * 60_000;

export async function acceptPost(
  { upload, bytes: length }: KeptParcel,
  { store, bytes, nowMs }: { readonly store: Store; readonly bytes: ParcelBytes; readonly nowMs: number },
): Promise<void> {
  const text = (await buffer(await bytes.read(upload, 0, length))).toString("utf8");
  const { value, signKey, sha256, envelope } = verified(text);
  if (value.expiresAt <= nowMs) throw new Refused(400, "the post has expired");
  if (value.issuedAt > nowMs + slackMs) throw new Refused(400, "the post is dated in the future");
  if (value.expiresAt - value.issuedAt > maxPostDays * 86_400_000)
    throw new Refused(400, `a post stands for ${maxPostDays} days at most`);
  if ((await store.posts.post(sha256)) !== null) return;
  if ((await store.posts.countOf(signKey, nowMs)) >= maxPerKey)
    throw new Refused(403, `one household has ${maxPerKey} posts at most`);
  if ((await store.posts.pendingCount()) >= maxPending)
    throw new Refused(503, "too many posts wait for the moderator; try again later");
  await store.posts.add({ hash: sha256, signKey, post: value, envelope, arrivedAt: nowMs });
}

function verified(text: string) {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(text));
    const post = verifyEnvelope(envelope, {
      type: payloadTypes.post,
      schema: postSchema,
      trusts: () => true, // whoever it is, it is theirs alone
      what: "post",
    });
    return { ...post, envelope };
  } catch (error) {
    throw new Refused(400, error instanceof Fault ? error.message : "this is not a signed post");
  }
}
