/**
 * ParcelState: how a received parcel stands, for the list. Pure.
 *
 * By what was signed, as the portal files it; what counts is checked when the parcel is opened (after.ts).
 */
import { deletionAnswerSchema } from "../../../daemon/consent/after.ts";
import { fromBase64Url } from "../../../daemon/identity/base64url.ts";
import type { Parcel } from "../../api.ts";

export type ParcelState = "fresh" | "receipted" | "asked" | "deleted" | "kept" | "gone";

export function stateOf({ receipt, notices, answer, here }: Parcel): ParcelState {
  if (answer !== null) return answerIn(answer.payload) ?? "kept";
  if (notices.length > 0) return "asked";
  if (receipt !== null) return "receipted";
  return here ? "fresh" : "gone";
}

function answerIn(payload: string): "deleted" | "kept" | null {
  const bytes = fromBase64Url(payload);
  if (bytes === null) return null;
  try {
    return deletionAnswerSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data?.answer ?? null;
  } catch {
    return null;
  }
}
