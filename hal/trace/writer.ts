/**
 * Writer: moments to the bytes of a trace, at most so many.
 *
 * Every line goes out whole, so that a file cut anywhere loses half a line at most. At the limit
 * `write` says no and nothing more is taken; the closing record always has room. Where the bytes
 * go is the caller's: what `append` throws passes through, and the trace is over.
 */
import { createHash } from "node:crypto";
import {
  headerSchema,
  momentSchema,
  sealedEnd,
  type Moment,
  type MomentType,
  type TraceEnd,
  type TraceHeader,
} from "./format.ts";

export const defaultMaxBytes = 64 * 1024 * 1024;
const endBytes = 1_024;

export interface TraceWriterOptions {
  readonly append: (bytes: Uint8Array) => void;
  readonly maxBytes?: number | undefined;
}

export class TraceWriter {
  readonly #append: (bytes: Uint8Array) => void;
  readonly #maxBytes: number;
  readonly #hash = createHash("sha256");
  readonly #counts: Partial<Record<MomentType, number>> = {};
  #bytes = 0;
  #beside = 0;
  #over = false;
  #full = false;

  constructor(header: TraceHeader, { append, maxBytes = defaultMaxBytes }: TraceWriterOptions) {
    this.#append = append;
    this.#maxBytes = maxBytes;
    this.#put(headerSchema.parse(header));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Of the files beside it. */
  get besideBytes(): number {
    return this.#beside;
  }

  /** The limit was reached; `end` it. */
  get full(): boolean {
    return this.#full;
  }

  get counts(): Readonly<Partial<Record<MomentType, number>>> {
    return this.#counts;
  }

  /** False: it is full or has ended, and this moment is not in it. `beside`: bytes of a file that belongs to it. */
  write(moment: Moment, beside = 0): boolean {
    if (this.#over || this.#full) return false;
    const bytes = lineOf(momentSchema.parse(moment));
    if (this.#bytes + this.#beside + beside + bytes.length + endBytes > this.#maxBytes) {
      this.#full = true;
      return false;
    }
    this.#beside += beside;
    this.#counts[moment.type] = (this.#counts[moment.type] ?? 0) + 1;
    this.#putBytes(bytes);
    return true;
  }

  end({ atNs, reason }: Pick<TraceEnd, "atNs" | "reason">): void {
    if (this.#over) return;
    this.#over = true;
    const sha256 = this.#hash.copy().update(sealedEnd({ atNs, reason })).digest("hex");
    this.#put({ type: "end", atNs, reason, counts: this.#counts, sha256 });
  }

  #put(value: TraceHeader | TraceEnd): void {
    this.#putBytes(lineOf(value));
  }

  #putBytes(bytes: Uint8Array): void {
    this.#append(bytes);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }
}

function lineOf(value: TraceHeader | Moment | TraceEnd): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
