/**
 * Moderation: what the registrar says in public about an entry of the log, and which posts stand on the board.
 *
 * A note or a withdrawal becomes an entry of its own: nothing is removed. A post is not in the log; its approval
 * is signed by the registrar and shown with it.
 */
import { moderationSchema, type Moderation } from "../../daemon/consent/moderation.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import { Fault } from "../../hal/fault.ts";
import type { LoggedAt } from "../log/records.ts";
import type { Posts } from "../store/store.ts";
import type { RegistrarsOffice } from "./agencies.ts";

export async function moderate(
  { records, registry, registrar, clock }: RegistrarsOffice,
  { about, kind, text }: Omit<Moderation, "issuedAt">,
): Promise<LoggedAt> {
  const said = moderationSchema.safeParse({ about, kind, text, issuedAt: Math.round(clock.wallMs()) });
  if (!said.success)
    throw new Fault("invalid", `not a note: ${said.error.issues.map(({ message }) => message).join("; ")}`);
  const [logged] = await records.append(async () => {
    const isRequest = (await registry.request(about)) !== null;
    const isProfile = (await registry.agencies(10_000)).some(({ hash }) => hash === about);
    if (!isRequest && (kind === "withdrawn" || !isProfile))
      throw new Fault("not-found", "the log holds no request with this hash", {
        hint: "its page on the portal shows the hash",
      });
    return [registrar.sign(payloadTypes.moderation, said.data)];
  });
  if (logged === undefined) throw new Fault("bug", "the log did not take the note");
  return logged;
}

/** Only from then on does anybody see it. */
export async function approvePost(
  { posts, registrar, clock }: Pick<RegistrarsOffice, "registrar" | "clock"> & { readonly posts: Posts },
  hash: string,
): Promise<void> {
  await mustBeThere(posts, hash);
  const at = Math.round(clock.wallMs());
  const approval = { about: hash, kind: "note", text: "approved for the board", issuedAt: at };
  await posts.decide(hash, {
    state: "approved",
    at,
    approval: registrar.sign(payloadTypes.moderation, moderationSchema.parse(approval)),
  });
}

/** Also of one that stands on the board: it is gone from there. */
export async function refusePost(posts: Posts, hash: string): Promise<void> {
  await mustBeThere(posts, hash);
  await posts.decide(hash, { state: "refused" });
}

async function mustBeThere(posts: Posts, hash: string): Promise<void> {
  if ((await posts.post(hash)) === null)
    throw new Fault("not-found", "there is no such post", { hint: "npm run portal -- board" });
}
