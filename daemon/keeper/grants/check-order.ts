/**
 * Check order: is this what an owner of now signed, for bytes that are on the disk?
 *
 * In this order: signature, doorbell, times, destination, order of items, letter, headers, and then
 * every chunk as it would leave, against its hash. A new header must be exactly one age header with one
 * recipient: the doorbell cannot see whose it is, but it can see that nobody else was added.
 *
 * Throws Fault `denied`, `invalid`, `not-found` (the recordings were deleted), `unavailable` (the clock);
 * nothing is written here.
 */
import { Fault } from "../../../hal/fault.ts";
import { grantSchema, maxGrantDays, type Grant } from "../../consent/grant.ts";
import { checkItemOrder } from "../../consent/item-order.ts";
import { limits } from "../../consent/limits.ts";
import { postSchema } from "../../consent/post.ts";
import { ownerWith, type Household } from "../../household/household.ts";
import { payloadTypes } from "../../identity/envelope.ts";
import { verifyEnvelope, type Verified } from "../../identity/verify.ts";
import { parseHeaderText } from "../../seal/age/header-text.ts";
import type { GrantOrder } from "../../wire/api-consent.ts";
import { checkDestination } from "./destinations.ts";
import { placeOf, readChunk, sha256Of } from "./parcel.ts";
import type { GrantPorts } from "./ports.ts";
import type { Recordings } from "./recordings.ts";

const dayMs = 86_400_000;

export interface CheckedOrder extends Verified<Grant> {
  readonly letter: Uint8Array;
  readonly headers: readonly Uint8Array[];
}

export interface OrderWorld extends Pick<GrantPorts, "settings" | "asked" | "household"> {
  readonly recordings: Recordings;
  readonly now: { readonly trusted: boolean; readonly wallMs: number };
}

/** What the envelope alone says; everything but the bytes. */
export function openGrant(envelope: unknown, household: Household): Verified<Grant> {
  const verified = verifyEnvelope(envelope, {
    type: payloadTypes.grant,
    schema: grantSchema,
    trusts: (key) => ownerWith(household, key) !== null,
    what: "grant",
  });
  const { device, ownerKey } = verified.value;
  if (device !== household.device) throw new Fault("denied", "this grant was signed for another doorbell");
  if (ownerKey !== verified.signKey)
    throw new Fault("invalid", "this grant names another key than it was signed with");
  return verified;
}

export async function checkOrder(order: GrantOrder, world: OrderWorld): Promise<CheckedOrder> {
  const verified = openGrant(order.envelope, world.household());
  const { value: grant } = verified;
  checkTimes(grant, world.now);
  checkDestination(grant, world, world.now.wallMs);
  checkItemOrder(grant);
  const letter = Buffer.from(order.letter, "base64");
  const headers = order.headers.map((text) => new Uint8Array(Buffer.from(text, "base64")));
  if (headers.length !== grant.items.length - 1)
    throw new Fault("invalid", `${headers.length} headers for ${grant.items.length - 1} recordings`);
  for (const [i, header] of headers.entries()) checkHeader(header, `header ${i}`, header.length);
  checkLetter(letter, grant, world.now.wallMs);
  await checkWindow(grant, world);
  await checkBytes(grant, { letter, headers, recordings: world.recordings });
  return { ...verified, letter, headers };
}

function checkTimes({ issuedAt, notAfter }: Grant, now: OrderWorld["now"]): void {
  if (!now.trusted)
    throw new Fault("unavailable", "the doorbell's clock cannot be trusted now, so nothing can be sent", {
      hint: "wait until it has found the time, or say on the page that it is right",
    });
  if (issuedAt > now.wallMs + limits.clockSlackMs)
    throw new Fault("invalid", "this grant was signed in the future", {
      hint: "compare the clocks of the doorbell and of this device",
    });
  if (notAfter <= now.wallMs) throw new Fault("invalid", "this grant has run out already");
  if (notAfter - Math.min(issuedAt, now.wallMs) > maxGrantDays * dayMs)
    throw new Fault("invalid", `a grant lasts at most ${maxGrantDays} days`);
}

function checkHeader(bytes: Uint8Array, what: string, mustEnd: number | null): void {
  const header = parseHeaderText(bytes);
  if (mustEnd !== null && header.bytes !== mustEnd)
    throw new Fault("invalid", `${what} has bytes behind its end`);
  if (header.stanzas.length !== 1 || header.stanzas[0]?.args[0] !== "X25519")
    throw new Fault("invalid", `${what} is not for exactly one recipient`);
}

function checkLetter(letter: Uint8Array, { destination, items }: Grant, wallMs: number): void {
  if (letter.length !== items[0]?.bytes)
    throw new Fault("invalid", `the letter has ${letter.length} bytes, not those that were signed`);
  if (destination.kind !== "board") return checkHeader(letter, "the letter", null);
  const { value } = verifyEnvelope(jsonOf(letter), {
    type: payloadTypes.post,
    schema: postSchema,
    trusts: () => true, // posts are by a key of the board's own
    what: "post",
  });
  if (value.expiresAt <= wallMs) throw new Fault("invalid", "this post has run out already");
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Fault("invalid", "a post is no JSON", { cause: error });
  }
}

/** A court order reaches as far as its window and no further. */
async function checkWindow({ destination, items }: Grant, { asked, recordings }: OrderWorld): Promise<void> {
  if (destination.kind !== "court-order") return;
  const window = asked.courtOrder(destination.order)?.window;
  if (window === undefined) throw new Fault("not-found", "this court order is not recorded here");
  for (const item of items) {
    if (item.part !== "fragment") continue;
    const manifest = await recordings.manifest(item.clip);
    const fragment = manifest?.fragments.find(({ index }) => index === item.index);
    if (manifest === null || fragment === undefined)
      throw new Fault(
        "not-found",
        "the times of a recording are not known (yet), so the order cannot be kept to",
      );
    const from = manifest.startWallMs + fragment.startMs;
    if (from + fragment.durationMs <= window.from || from >= window.to)
      throw new Fault("denied", "a recording lies outside the times that the court ordered");
  }
}

async function checkBytes(
  grant: Grant,
  {
    letter,
    headers,
    recordings,
  }: { letter: Uint8Array; headers: readonly Uint8Array[]; recordings: Recordings },
): Promise<void> {
  const readLetter = async (offset: number, length: number): Promise<Uint8Array> =>
    letter.subarray(offset, offset + length);
  let offset = 0;
  for (const [index, item] of grant.items.entries()) {
    await checkLength(item, { index, headers, recordings });
    for (const end = offset + item.bytes; offset < end;) {
      const place = placeOf(grant, offset);
      if (place === null) throw new Fault("bug", "a parcel is shorter than its items");
      const bytes = await readChunk(grant, place, { readLetter, headers, recordings });
      if (bytes === null) throw deleted();
      if (sha256Of(bytes) !== place.sha256)
        throw new Fault("invalid", `item ${index} is not what was signed (chunk ${place.chunk})`);
      offset += bytes.length;
    }
  }
}

/** A file is sent whole: a shorter one that was signed would be a part of a recording without its end. */
async function checkLength(
  item: Grant["items"][number],
  { index, headers, recordings }: { index: number; headers: readonly Uint8Array[]; recordings: Recordings },
): Promise<void> {
  if (item.part === "letter") return;
  const payload = await recordings.payloadBytes(item);
  if (payload === null) throw deleted();
  const bytes = (headers[index - 1]?.length ?? 0) + payload;
  if (bytes !== item.bytes) throw new Fault("invalid", `item ${index} has ${bytes} bytes, not ${item.bytes}`);
}

export function deleted(): Fault {
  return new Fault("not-found", "these recordings were deleted", {
    hint: "choose from the recordings that are left",
  });
}
