/**
 * Raw frames: who may hold an unmasked picture, and the one way out for one.
 *
 * In what ships, only camera drivers and the files of `holders` may name RawFrame or I420: a picture
 * that nobody else can name cannot be handed on by mistake. Of the two JPEG encoders the one that takes
 * a raw frame has one importer, which seals what it gets (daemon/eye/setup-still).
 */
import { Visitor } from "vite";
import type { Finding, Source } from "./source.ts";

const ships = /^(?:config|models|daemon|web)\//u;
const rawTypes = new Set(["RawFrame", "I420"]);
const holders: ReadonlySet<string> = new Set([
  "daemon/eye/mask/apply.ts",
  "daemon/eye/examine/mask-proof.ts",
  "daemon/eye/pipeline.ts",
  "daemon/eye/session.ts",
  "daemon/eye/still-desk.ts",
  "daemon/eye/setup-still/unmasked.ts",
]);

/** File -> the only files of the repository that may import it, tests aside. */
const doors: Readonly<Record<string, readonly string[]>> = {
  "hal/gst/jpeg-engine.ts": ["hal/gst/jpeg.ts", "hal/gst/unmasked-jpeg.ts"],
  "hal/gst/unmasked-jpeg.ts": ["daemon/eye/setup-still/unmasked.ts"],
  "daemon/eye/setup-still/unmasked.ts": ["daemon/eye/still-desk.ts"],
};

export function checkRawFrames(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    if (source.path.startsWith("test/")) return [];
    return [...wrongDoors(source), ...(ships.test(source.path) ? wrongHands(source) : [])];
  });
}

function wrongDoors({ path, imports }: Source): Finding[] {
  return imports.flatMap(({ target, line }) => {
    const allowed = doors[target];
    if (allowed === undefined || allowed.includes(path)) return [];
    return [{ path, line, message: `${target} is for ${allowed.join(" and ")} alone` }];
  });
}

function wrongHands({ path, program, lineAt }: Source): Finding[] {
  if (holders.has(path)) return [];
  const found = new Map<number, Finding>(); // an import's two names may be one word
  new Visitor({
    Identifier: ({ start, name }) => {
      const message = `${name}: an unmasked picture has no place here`;
      if (rawTypes.has(name)) found.set(start, { path, line: lineAt(start), message });
    },
  }).visit(program);
  return [...found.values()];
}
