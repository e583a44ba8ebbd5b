/**
 * Verify export: is this file what a doorbell signed, line by line?
 *
 * Checks the note's signature by the key that the file names (and that the caller may demand), that every line
 * hashes to its leaf, is an entry with the next number, and has the opening that it was made with or none;
 * that there are as many as were signed, and that they make the signed root. Says which line is wrong, as far
 * as one can be told: when every line is right by itself and the root is not, the whole file is another.
 * Streams; holds one line. scripts/verify-ledger.py does the same without sharing a line of code.
 */
import { z } from "zod";
import { toFault } from "../../hal/fault.ts";
import { toBase64 } from "./base64.ts";
import { openCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { isOpeningOf, maxLineBytes, parseEntryLine, type EntryLine } from "./entry.ts";
import { exportFormat } from "./export.ts";
import { appendedHash, emptyRange, rootOf, type CompactRange } from "./range.ts";
import { isSameHash, leafHash } from "./tree.ts";

export interface Problem {
  /** Of the file, from 1; 0 = of no line alone. */
  readonly line: number;
  readonly message: string;
}

export interface Verdict {
  /** Empty = everything holds. The first ones; `problemCount` says how many there are. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly key: string | null;
  readonly entries: number;
  /** Entries whose opening was erased. */
  readonly erased: number;
  readonly root: string;
  readonly firstWallMs: number | null;
  readonly lastWallMs: number | null;
}

const headSchema = z.strictObject({
  format: z.literal(exportFormat),
  key: z.string().max(300),
  checkpoint: z.string().max(10_000),
});
const mostProblems = 20;
const mostLineBytes = 4 * maxLineBytes;

/** `key`: only a file of this key is right. */
export async function verifyExport(
  chunks: AsyncIterable<Uint8Array>,
  { key = null }: { key?: string | null } = {},
): Promise<Verdict> {
  const check = new Check(key);
  for await (const line of linesOf(chunks)) check.take(line);
  return check.finish();
}

class Check {
  readonly #wanted: string | null;
  readonly #problems: Problem[] = [];
  #problemCount = 0;
  #line = 0;
  #key: string | null = null;
  #signed: Checkpoint | null = null;
  #range: CompactRange = emptyRange;
  #erased = 0;
  #first: EntryLine | null = null;
  #last: EntryLine | null = null;

  constructor(wanted: string | null) {
    this.#wanted = wanted;
  }

  /** Null = longer than any line of ours, or not ended by a newline. */
  take(line: Uint8Array | null): void {
    this.#line += 1;
    if (line === null) this.#say("the line is cut, or longer than any of a ledger");
    else if (this.#line === 1) this.#head(line);
    else this.#entry(line);
  }

  finish(): Verdict {
    const { size } = this.#range;
    const root = rootOf(this.#range);
    const signed = this.#signed;
    if (this.#line === 0) this.#say("the file is empty", 0);
    if (signed !== null && signed.size !== size)
      this.#say(`there are ${size} entries and ${signed.size} were signed`, 0);
    else if (signed !== null && !isSameHash(signed.root, root))
      this.#say("the entries together are not those that were signed", 0);
    return {
      problems: this.#problems,
      problemCount: this.#problemCount,
      key: this.#key,
      entries: size,
      erased: this.#erased,
      root: toBase64(root),
      firstWallMs: this.#first?.wallMs ?? null,
      lastWallMs: this.#last?.wallMs ?? null,
    };
  }

  #head(line: Uint8Array): void {
    const head = headSchema.safeParse(jsonOf(line)).data;
    if (head === undefined) return this.#say("not an export of a ledger");
    this.#key = head.key;
    if (this.#wanted !== null && head.key !== this.#wanted) this.#say("this is the ledger of another key");
    try {
      this.#signed = openCheckpoint(head.checkpoint, head.key);
    } catch (error) {
      this.#say(toFault(error).message);
    }
  }

  #entry(bytes: Uint8Array): void {
    const [hash, line, opening, ...more] = fieldsOf(bytes);
    if (hash === undefined || line === undefined || opening === undefined || more.length > 0) {
      return this.#say("not three fields with tabs between");
    }
    const leaf = leafHash(line);
    const entry = parseEntryLine(line);
    const seq = this.#range.size;
    if (textOf(hash) !== toBase64(leaf))
      this.#say("the entry is not the one that was stored: its hash differs");
    if (entry === null) this.#say("not an entry");
    else if (entry.seq !== seq) this.#say(`entry number ${entry.seq} stands where ${seq} belongs`);
    else if (opening.length === 0) this.#erased += 1;
    else if (!isOpeningOf(entry, opening))
      this.#say("the details are not those that the entry was made with");
    this.#range = appendedHash(this.#range, leaf);
    this.#first ??= entry;
    this.#last = entry ?? this.#last;
  }

  #say(message: string, line = this.#line): void {
    this.#problemCount += 1;
    if (this.#problems.length < mostProblems) this.#problems.push({ line, message });
  }
}

/** Null for what has no end, or none in sight. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let rest: Uint8Array = new Uint8Array(0);
  let isTooLong = false;
  for await (const chunk of chunks) {
    let bytes: Uint8Array = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      yield isTooLong || end > mostLineBytes ? null : bytes.subarray(0, end);
      isTooLong = false;
      bytes = bytes.subarray(end + 1);
    }
    isTooLong ||= bytes.length > mostLineBytes;
    rest = isTooLong ? new Uint8Array(0) : bytes;
  }
  if (rest.length > 0 || isTooLong) yield null;
}

function fieldsOf(line: Uint8Array): Uint8Array[] {
  const fields: Uint8Array[] = [];
  let rest = line;
  for (let at = rest.indexOf(9); at >= 0; at = rest.indexOf(9)) {
    fields.push(rest.subarray(0, at));
    rest = rest.subarray(at + 1);
  }
  return [...fields, rest];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
