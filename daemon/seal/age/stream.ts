/**
 * Stream: age files of any length, in bounded memory (one chunk and one piece of the source).
 *
 * Opening gives a chunk out as soon as it is verified. Whoever uses it before the end came must
 * be ready to hear that the rest is missing: only the end proves that a file was whole.
 */
import type { Identity, Recipient } from "./keys.ts";
import { maxHeaderBytes } from "./header-text.ts";
import { chunkBytes, nonceBytes, sealedChunkBytes } from "./payload.ts";
import { Pieces } from "./pieces.ts";
import { tagBytes } from "./primitives.ts";
import { systemRandomness } from "./randomness.ts";
import type { Randomness } from "./randomness.ts";
import { startOpening, startSealing } from "./seal.ts";
import type { OpenStart } from "./seal.ts";

type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export async function* sealStream(
  source: Source,
  recipients: readonly Recipient[],
  randomness: Randomness = systemRandomness,
): AsyncGenerator<Uint8Array, void> {
  const { chunks, head } = startSealing(recipients, randomness);
  yield head;
  const sealed = (plain: Uint8Array, isLast: boolean): Uint8Array => {
    const out = Buffer.allocUnsafeSlow(plain.length + tagBytes);
    chunks.seal(plain, out, isLast);
    return out;
  };
  const pieces = new Pieces(chunkBytes);
  for await (const bytes of source) {
    for (const piece of pieces.push(bytes)) yield sealed(piece, false);
  }
  yield sealed(pieces.end(), true);
}

/** Throws as `open`, at the first byte that is wrong. */
export async function* openStream(
  source: Source,
  identities: readonly Identity[],
): AsyncGenerator<Uint8Array, void> {
  const pieces = new Pieces(sealedChunkBytes);
  let head: Buffer = Buffer.alloc(0);
  let start: OpenStart | null = null;
  for await (const bytes of source) {
    let payload = bytes;
    if (start === null) {
      head = Buffer.concat([head, bytes]);
      if (!holdsHead(head)) continue;
      start = startOpening(head, identities);
      payload = head.subarray(start.headBytes);
    }
    for (const piece of pieces.push(payload)) yield start.chunks.open(piece, false);
  }
  start ??= startOpening(head, identities);
  yield start.chunks.open(pieces.end(), true);
}

/** Is there enough to open a header, or to say what is wrong with it? */
function holdsHead(head: Buffer): boolean {
  const lastLine = head.indexOf("\n---");
  const end = lastLine < 0 ? -1 : head.indexOf("\n", lastLine + 1);
  return end < 0 ? head.length >= maxHeaderBytes : head.length >= end + 1 + nonceBytes;
}
