/**
 * Runner: the process that has onnxruntime in it, a child of the eye.
 *
 * Native code that reads a stranger's file: whatever becomes of it, the process that sees, masks and records goes on.
 * It is given one file and then pictures, over its standard input, and answers over its standard output; it opens
 * no file and no socket. It ends when its input does.
 *
 *   node main.ts 256       at most so many megabytes
 */
import { toFault } from "../../hal/fault.ts";
import { encodeFrame, FrameReader, type Frame, type FrameKind } from "./frames.ts";
import { limitMyself } from "./own-limits.ts";
import { plainText } from "./plain-text.ts";
import { Session } from "./session.ts";
import { loadSchema } from "./words.ts";

/** A model's file, and what stands before it. The eye has a limit of its own, which is less. */
const mostBytes = 512 * 1024 * 1024;
limitMyself(Number(process.argv[2] ?? "128"));

function say(kind: FrameKind, words: object, parts: readonly Uint8Array[] = []): void {
  for (const part of encodeFrame(kind, words, parts)) process.stdout.write(part);
}

let session: Session | null = null;

async function obey({ kind, words, bytes }: Frame): Promise<void> {
  if (kind === "load") {
    session = await Session.open(loadSchema.parse(words), bytes);
    return say("loaded", {});
  }
  if (session === null) throw new Error("no model is loaded");
  const answer = await session.run(bytes);
  say("answer", answer.words, answer.parts);
}

const reader = new FrameReader(mostBytes);
let before: Promise<void> = Promise.resolve();

process.stdin.on("data", (data: Buffer) => {
  for (const frame of reader.take(data))
    before = before
      .then(() => obey(frame))
      .catch((error: unknown) => say("failed", { message: plainText(toFault(error).message) }));
});
process.stdin.on("end", () => process.exit(0));
process.stdout.on("error", () => process.exit(0)); // nobody hears any more
