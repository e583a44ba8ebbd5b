/**
 * Entry: one line of the ledger, and the opening of what it does not say itself.
 *
 * The line is what the tree is made of and stays for ever: number, time, kind, and the SHA-256 of the
 * opening. The opening (who, in which words, about what) lies beside the tree and can be erased: its
 * salt of 16 random bytes makes sure that nobody can guess it from the hash afterwards.
 */
import { z } from "zod";
import { Fault } from "../../hal/fault.ts";
import { toBase64 } from "./base64.ts";
import type { EntryKind } from "./kinds.ts";
import { sha256 } from "./sha256.ts";

export const maxLineBytes = 16 * 1024;
/** Leaves room for number and salt. */
const mostToldBytes = maxLineBytes - 128;

export const entryLineSchema = z.strictObject({
  seq: z.int().min(0),
  /** The doorbell's wall clock; may go back when that is set. */
  wallMs: z.int(),
  kind: z.string().regex(/^[a-z][a-z-]{0,39}$/u),
  /** base64(SHA-256(opening line)). */
  detail: z.string().length(44),
});
export type EntryLine = z.output<typeof entryLineSchema>;

export const aboutSchema = z.strictObject({
  request: z.string().optional(),
  grant: z.string().optional(),
  clip: z.string().optional(),
  event: z.string().optional(),
});

export const openingSchema = z.strictObject({
  seq: z.int().min(0),
  salt: z.string(),
  /** Name of the person at that time; null = the doorbell itself. */
  who: z.string().nullable(),
  /** In words for a person. */
  detail: z.string(),
  fromFrac: z.number().nullable().optional(),
  toFrac: z.number().nullable().optional(),
  about: aboutSchema.optional(),
});
export type Opening = z.output<typeof openingSchema>;

/** What is to be told; number, time and salt are the ledger's. */
export type Told = Omit<Opening, "seq" | "salt"> & { readonly what: EntryKind };

/** As it is read again; `opening` null = erased. */
export interface Entry extends EntryLine {
  readonly opening: Opening | null;
}

export interface Encoded {
  readonly entry: Entry;
  /** Without the newline: the leaf. */
  readonly line: Uint8Array;
  readonly opening: Uint8Array;
}

const utf8 = new TextEncoder();

/** Throws Fault `invalid` for what does not fit into a line of `maxLineBytes`. */
export function checkTold(told: Told): void {
  const bytes = utf8.encode(JSON.stringify(told)).length;
  if (bytes > mostToldBytes)
    throw new Fault("invalid", `a detail of ${bytes} bytes is longer than ${mostToldBytes}`);
}

export function encodeEntry(
  { what, ...told }: Told,
  at: { seq: number; wallMs: number; salt: string },
): Encoded {
  const { seq, wallMs, salt } = at;
  const said: Opening = { seq, salt, ...told };
  const opening = utf8.encode(JSON.stringify(said));
  const line: EntryLine = { seq, wallMs, kind: what, detail: toBase64(sha256(opening)) };
  return { entry: { ...line, opening: said }, line: utf8.encode(JSON.stringify(line)), opening };
}

/** Null for what is no entry. */
export function parseEntryLine(line: Uint8Array): EntryLine | null {
  return entryLineSchema.safeParse(jsonOf(line)).data ?? null;
}

/** Null for what is no opening. */
export function parseOpening(line: Uint8Array): Opening | null {
  return openingSchema.safeParse(jsonOf(line)).data ?? null;
}

/** Is this the opening that the entry was made with? */
export function isOpeningOf({ seq, detail }: EntryLine, opening: Uint8Array): boolean {
  return parseOpening(opening)?.seq === seq && toBase64(sha256(opening)) === detail;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
