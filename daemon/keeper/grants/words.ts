/**
 * Words: what the ledger's readers and the owner's page read about a grant. Never keys, addresses or places.
 */
import { Fault } from "../../../hal/fault.ts";
import { parcelBytes, type Grant } from "../../consent/grant.ts";
import type { GateRefusal } from "../../wire/messages.ts";
import type { Happened } from "../history.ts";
import type { Kept } from "./kept.ts";
import type { GrantRecord } from "./shelf.ts";

/** About this grant, and the request it answers. */
export function aboutOf({ id, destination }: Grant): NonNullable<Happened["about"]> {
  return destination.kind === "request" ? { grant: id, request: destination.request } : { grant: id };
}

export function entry(
  { grant }: Pick<GrantRecord, "grant">,
  { who, what, detail }: Pick<Happened, "who" | "what" | "detail">,
): Happened {
  return { who, what, detail, about: aboutOf(grant) };
}

export function signedWords(grant: Grant): string {
  const { recipient, destination, items } = grant;
  const clips = new Set(items.flatMap((item) => (item.part === "letter" ? [] : [item.clip]))).size;
  const of = clips === 0 ? "a post" : `${bytesWords(parcelBytes(grant))} of ${recordings(clips)}`;
  const why = destination.kind === "court-order" ? ", as a court ordered" : "";
  return `${of} may go to ${recipient.name}${why}`;
}

export function intentWords(
  { recipient }: Grant,
  { from, to, of }: { from: number; to: number; of: number },
): string {
  return `bytes ${from} to ${to} of ${of} leave for ${recipient.name}`;
}

export function bytesWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function recordings(count: number): string {
  return count === 1 ? "one recording" : `${count} recordings`;
}

/** As it is kept and shown; the cause stays inside. */
export function wireFaultOf({ kind, message, hint }: Fault): NonNullable<Kept["fault"]> {
  return hint === undefined ? { kind, message } : { kind, message, hint };
}

export const ledgerFull = "the ledger cannot be written, so nothing is sent; recording goes on";

/** What a refusal means for the grant: null = nothing, it was the courier's mistake or is known already. */
export function refusalFault(
  refusal: GateRefusal,
  { kept, grant }: GrantRecord,
  gone: boolean,
): Fault | null {
  switch (refusal) {
    case "not-signed-by-owner":
      return new Fault("denied", `${kept.by}, who signed this, is not an owner any more`);
    case "recipient-changed":
      return new Fault("denied", `${grant.recipient.name} is not the recipient that was signed for any more`);
    case "bytes-changed":
      return gone
        ? new Fault("not-found", "these recordings were deleted")
        : new Fault("corrupt", "a recording is not what it was when it was signed for");
    case "clock-not-trusted":
      return new Fault("unavailable", "the doorbell's clock cannot be trusted now", {
        hint: "it goes on when the clock is right, or when an owner says that it is",
      });
    case "intent-not-durable":
      return new Fault("exhausted", ledgerFull, { hint: "it goes on by itself when there is room again" });
    case "chunk-not-in-manifest":
    case "expired":
    case "no-such-grant":
    case "not-sending":
    case "revoked":
      return null;
  }
}
