/**
 * The public age test vectors (C2SP CCTV, npm package cctv-age): files with one oddity each, and
 * what a right reader makes of it. Only those for X25519 keys; we read no passphrases, no text
 * form and no post-quantum keys.
 *
 * Skipped, with this reason, where the package is not installed.
 */
import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeBech32 } from "../../../../daemon/seal/age/bech32.ts";
import { parseIdentity } from "../../../../daemon/seal/age/keys.ts";
import { open } from "../../../../daemon/seal/age/seal.ts";
import { openStream } from "../../../../daemon/seal/age/stream.ts";
import { openerWith } from "../../../../web/open/age.ts";

const packageName = "cctv-age";
const loaded: unknown = await import(/* @vite-ignore */ packageName).catch(() => null);
const vectors = vectorsOf(loaded);

interface Vector {
  readonly name: string;
  /** What the file's head says of it: expect, payload (hash), identity. */
  readonly says: ReadonlyMap<string, string>;
  readonly file: Uint8Array;
}

function vectorsOf(exports: unknown): Vector[] {
  return Object.entries(exports ?? {})
    .filter((entry): entry is [string, Uint8Array] => entry[1] instanceof Uint8Array)
    .map(([name, bytes]) => {
      const text = Buffer.from(bytes);
      const end = text.indexOf("\n\n");
      const pairs = text
        .toString("utf8", 0, end)
        .split("\n")
        .map((line) => line.split(": "));
      const says = new Map(pairs.map(([key = "", ...value]) => [key, value.join(": ")]));
      const file = text.subarray(end + 2);
      return { name, says, file: says.has("compressed") ? inflateSync(file) : file };
    })
    .filter(({ says }) => !says.has("armored") && says.get("identity")?.startsWith("AGE-SECRET-KEY-1"));
}

/** What we answer to each expectation: kind and words of the fault. */
const answers: Readonly<Record<string, RegExp>> = {
  "no match": /^denied: /u,
  "HMAC failure": /^corrupt: age header: its MAC/u,
  "header failure": /^(?:corrupt: age (?:header|file cut off)|invalid: )/u,
  "payload failure": /^corrupt: age payload, /u,
};

const wayToOpen = {
  "in memory": ({ file }: Vector, identity: string) =>
    Promise.resolve().then(() => open(file, [parseIdentity(identity)])),
  "as a stream": async ({ file }: Vector, identity: string) => {
    const halves = [file.subarray(0, file.length / 2), file.subarray(file.length / 2)];
    const chunks: Uint8Array[] = [];
    for await (const chunk of openStream(halves, [parseIdentity(identity)])) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
  "in the page": async ({ file }: Vector, identity: string) =>
    openerWith(decodeBech32("AGE-SECRET-KEY-", identity)).open(file),
};

async function outcome(vector: Vector, way: keyof typeof wayToOpen): Promise<string> {
  try {
    const plain = await wayToOpen[way](vector, vector.says.get("identity") ?? "");
    return createHash("sha256").update(plain).digest("hex");
  } catch (error) {
    return error instanceof Error && "kind" in error
      ? `${String(error.kind)}: ${error.message}`
      : String(error);
  }
}

describe.skipIf(vectors.length === 0)("test vectors (skipped where cctv-age is not installed)", () => {
  test("are all there", () => expect(vectors.length).toBeGreaterThanOrEqual(67));

  describe.each(["in memory", "as a stream", "in the page"] as const)("%s", (way) => {
    test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", async (_, vector) => {
      const expected = vector.says.get("expect") ?? "";
      const answer = expected === "success" ? vector.says.get("payload") : answers[expected];
      expect(await outcome(vector, way)).toMatch(answer ?? "a known expectation");
    });
  });
});
