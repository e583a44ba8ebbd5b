/**
 * PostDraft: a post on the neighbours' board as it is written, and as it is signed and sent.
 *
 * The place is coarse before it is anywhere: whole hundredths of a degree. The post is signed with the
 * board key; the grant that lets it leave, with the owner's: who reads the board sees the first alone.
 */
import type { Grant } from "../../daemon/consent/grant.ts";
import { maxPostDays } from "../../daemon/consent/parcel.ts";
import type { Post } from "../../daemon/consent/post.ts";
import { payloadTypes } from "../../daemon/identity/envelope.ts";
import type { GrantOrder } from "../../daemon/wire/api-consent.ts";
import { Fault } from "../../hal/fault.ts";
import type { Me } from "../identity/me.ts";
import { hashChunks } from "../open/chunk-hashes.ts";
import { base64Of, jsonBytes } from "../share/compose.ts";
import { cleanLine, cleanNote } from "../share/terms.ts";

const dayMs = 86_400_000;
export const postDays = [1, 3, 7, 14, maxPostDays] as const;
/** The post's own end is in it; the permission to bring it there ends soon. */
const deliverDays = 1;

export interface PostForm {
  readonly title: string;
  readonly text: string;
  readonly nearName: string;
  /** As typed, in degrees. */
  readonly lat: string;
  readonly lon: string;
  readonly days: number;
  /** Null = without a recording. */
  readonly share: string | null;
}

export interface Coarse {
  readonly lat100: number;
  readonly lon100: number;
}

/** Whole hundredths of a degree, about a kilometre; null = not a place on the globe. */
export function coarseOf(lat: number, lon: number): Coarse | null {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return null;
  return { lat100: Math.round(lat * 100) + 0, lon100: Math.round(lon * 100) + 0 };
}

function typedPlace({ lat, lon }: PostForm): Coarse | null {
  const degrees = [lat, lon].map((text) =>
    text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", ".")),
  );
  return coarseOf(degrees[0] ?? Number.NaN, degrees[1] ?? Number.NaN);
}

/** `/s/<id>#AGE-SECRET-KEY-1...`: what a grant by link makes. */
export function isShareLink(text: string): boolean {
  const url = URL.parse(text.trim());
  if (url === null || text.trim().length > 400) return false;
  return (
    /^https?:$/u.test(url.protocol) &&
    /\/s\/[0-9a-z-]{8,40}$/u.test(url.pathname) &&
    /^#AGE-SECRET-KEY-1[0-9A-Z]{58}$/u.test(url.hash)
  );
}

export interface Writing {
  readonly id: string;
  readonly nowMs: number;
}

/** Null: something is still to be said, or is not as it must be. */
export function postOf(form: PostForm, { id, nowMs }: Writing): Post | null {
  const [title, nearName] = [cleanLine(form.title), cleanLine(form.nearName)];
  const text = cleanNote(form.text);
  const near = typedPlace(form);
  const share = form.share?.trim() ?? null;
  if (title === "" || nearName === "" || text === "" || near === null) return null;
  if (share !== null && !isShareLink(share)) return null;
  return { id, title, text, near, nearName, share, issuedAt: nowMs, expiresAt: nowMs + form.days * dayMs };
}

export interface PostInk {
  readonly me: Pick<Me, "sign" | "signOnBoard" | "device" | "person">;
  readonly nowMs: number;
  readonly board: string;
  /** What the recipient and the purpose are called in the ledger. */
  readonly name: string;
  readonly purpose: string;
}

/** The post, signed for the board, in a grant of its own. */
export async function signPost(post: Post, ink: PostInk): Promise<GrantOrder> {
  const { me, nowMs, board, name, purpose } = ink;
  const letter = jsonBytes(await me.signOnBoard(payloadTypes.post, post));
  const { bytes, chunks } = hashChunks([letter]);
  if (chunks.length !== 1) throw new Fault("bug", "a post is larger than one chunk");
  const grant: Grant = {
    id: post.id,
    device: me.device,
    destination: { kind: "board" },
    recipient: { name, sealTo: null, deliverTo: board },
    purpose,
    items: [{ part: "letter", bytes, chunks: [...chunks] }],
    issuedAt: nowMs,
    notAfter: nowMs + deliverDays * dayMs,
    ownerKey: me.person.signKey,
  };
  return {
    envelope: await me.sign(payloadTypes.grant, grant),
    letter: base64Of(letter),
    headers: [],
  };
}
