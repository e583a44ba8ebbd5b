/**
 * After: what an agency signs when a recording has arrived: the receipt, and the answer to a deletion notice. Pure.
 *
 * A notice counts when its signature fits and it is about exactly these bytes; whether the key is that of the
 * letter is told, because another person of the same house may ask too.
 */
import {
  deletionAnswerSchema,
  deletionNoticeSchema,
  receiptSchema,
  type DeletionAnswer,
  type DeletionNotice,
  type Receipt,
} from "../../../daemon/consent/after.ts";
import type { Request } from "../../../daemon/consent/request.ts";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { verifyInBrowser } from "../../../daemon/identity/verify-in-browser.ts";

const dayMs = 86_400_000;

/** Until when the request's promise lets it be kept, counted from its arrival. */
export function promisedUntil({ keepDays }: Pick<Request, "keepDays">, arrivedAt: number): number {
  return arrivedAt + keepDays * dayMs;
}

export type ReadNotice =
  | { readonly counts: true; readonly notice: DeletionNotice; readonly byLettersKey: boolean }
  | { readonly counts: false; readonly because: "signature" | "other-bytes" };

interface About {
  readonly grant: string;
  readonly manifest: string;
  readonly ownerKey: string;
}

export function readNotice(envelope: unknown, { grant, manifest, ownerKey }: About): ReadNotice {
  try {
    const { value: notice, signKey } = verifyInBrowser(envelope, {
      type: payloadTypes.deletionNotice,
      schema: deletionNoticeSchema,
      trusts: () => true, // the letter's key, or another of the same house, which nobody here can know
      what: "deletion notice",
    });
    if (notice.ownerKey !== signKey) return { counts: false, because: "signature" };
    if (notice.grant !== grant || notice.manifest !== manifest)
      return { counts: false, because: "other-bytes" };
    return { counts: true, notice, byLettersKey: signKey === ownerKey };
  } catch {
    return { counts: false, because: "signature" };
  }
}

/** Null = none, or not signed by a key of this agency. */
export function readReceipt(envelope: unknown, keys: readonly string[]): Receipt | null {
  return readOwn(envelope, { type: payloadTypes.receipt, schema: receiptSchema, what: "receipt", keys });
}

export function readAnswer(envelope: unknown, keys: readonly string[]): DeletionAnswer | null {
  return readOwn(envelope, {
    type: payloadTypes.deletionAnswer,
    schema: deletionAnswerSchema,
    what: "answer",
    keys,
  });
}

type Own<T> = Pick<Parameters<typeof verifyInBrowser<T>>[1], "type" | "schema" | "what"> & {
  readonly keys: readonly string[];
};

function readOwn<T>(envelope: unknown, { keys, ...wanted }: Own<T>): T | null {
  if (envelope === null) return null;
  try {
    return verifyInBrowser(envelope, { ...wanted, trusts: (key) => keys.includes(key) }).value;
  } catch {
    return null;
  }
}
