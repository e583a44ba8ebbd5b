import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { payloadTypes } from "../../../daemon/identity/envelope.ts";
import { signEnvelope } from "../../../daemon/identity/keys.ts";
import { encodeBundle } from "../../../daemon/ledger/bundle.ts";
import { signCheckpoint } from "../../../daemon/ledger/checkpoint.ts";
import { noteKey } from "../../../daemon/ledger/note.ts";
import { appended, emptyRange, rootOf } from "../../../daemon/ledger/range.ts";
import { entriesPath, tilePath, tileWidth } from "../../../daemon/ledger/tiles.ts";
import { leafHash, nodeHash } from "../../../daemon/ledger/tree.ts";
import { createHash } from "node:crypto";
import { checkEntry, readCheckpoint, type ReadLog } from "../../../portal/web/log/check.ts";
import { checkGrown, type Kept } from "../../../portal/web/log/seen.ts";
import { vouchedName } from "../../../portal/web/log/vouched.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { agency, agencyKeys, nowMs, request } from "./samples.ts";

const secret = new Uint8Array(32).fill(3);
const publicKey = ed25519.getPublicKey(secret);
const signer = {
  name: "portal.example/log",
  publicKey,
  sign: (text: Uint8Array) => ed25519.sign(text, secret),
};
const logKey = noteKey(signer.name, publicKey);

interface Log {
  readonly files: Map<string, Uint8Array>;
  readonly hashes: readonly string[];
  readonly read: ReadLog;
}

/** The files of a log of so many requests, as a portal publishes them. */
function logOf(size: number, name = "case"): Log {
  const envelopes = Array.from({ length: size }, (_, i) =>
    signEnvelope(agencyKeys, payloadTypes.request, { ...request, case: `${name} ${i}` }),
  );
  const entries = envelopes.map((envelope) => new TextEncoder().encode(JSON.stringify(envelope)));
  const root = rootOf(entries.reduce((range, entry) => appended(range, entry), emptyRange));
  const files = new Map<string, Uint8Array>([
    ["checkpoint", new TextEncoder().encode(signCheckpoint({ size, root }, signer))],
  ]);
  const put = (
    path: (index: number, width: number) => string,
    items: readonly Uint8Array[],
    join: typeof encodeBundle,
  ) => {
    for (let at = 0; at < items.length; at += tileWidth) {
      const part = items.slice(at, at + tileWidth);
      files.set(path(at / tileWidth, part.length), join(part));
    }
  };
  put(entriesPath, entries, encodeBundle);
  const leaves = entries.map(leafHash);
  put(
    (index, width) => tilePath(0, index, width),
    leaves,
    (part) => Uint8Array.from(Buffer.concat([...part])),
  );
  const above = Array.from({ length: Math.floor(size / tileWidth) }, (_, i) =>
    folded(leaves.slice(i * tileWidth, (i + 1) * tileWidth)),
  );
  put(
    (index, width) => tilePath(1, index, width),
    above,
    (part) => Uint8Array.from(Buffer.concat([...part])),
  );
  return {
    files,
    hashes: envelopes.map(({ payload }) =>
      createHash("sha256").update(Buffer.from(payload, "base64url")).digest("hex"),
    ),
    read: async (path) => files.get(path) ?? null,
  };
}

function folded(hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes;
  if (only !== undefined && hashes.length === 1) return only;
  const middle = hashes.length / 2;
  return nodeHash(folded(hashes.slice(0, middle)), folded(hashes.slice(middle)));
}

const small = logOf(7);
const sha256Of = (log: Log, index: number): string => log.hashes[index] ?? "";

describe("an entry of the log", () => {
  test.each([1, 2, 7, 256, 257, 300])("is found again in a log of %s, wherever it is", async (size) => {
    const log = logOf(size);
    for (const index of [0, Math.floor(size / 2), size - 1]) {
      const checked = await checkEntry(log.read, { index, logKey, sha256: sha256Of(log, index) });
      expect(checked).toMatchObject({ index, kind: "request", signKey: agencyKeys.signKey });
      expect(checked.checkpoint.size).toBe(size);
    }
  });

  test("is refused when any one byte of the log's files was changed", async () => {
    const paths = [...small.files.keys()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(4_000), async (path, where) => {
        const bytes = small.files.get(path)?.slice() ?? new Uint8Array();
        const at = where % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        const read: ReadLog = async (asked) => (asked === path ? bytes : small.read(asked));
        const checks = small.hashes.map(async (sha256, index) => checkEntry(read, { index, logKey, sha256 }));
        const answers = await Promise.allSettled(checks);
        expect(answers.some(({ status }) => status === "rejected")).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("is refused when another message is shown for it", async () => {
    await expect(checkEntry(small.read, { index: 3, logKey, sha256: sha256Of(small, 4) })).rejects.toThrow(
      "another message",
    );
  });

  test("that is beyond the checkpoint is refused", async () => {
    await expect(checkEntry(small.read, { index: 7, logKey, sha256: null })).rejects.toThrow(
      "not among them",
    );
  });

  test("is refused under a checkpoint that another key signed", async () => {
    const other = noteKey(signer.name, ed25519.getPublicKey(new Uint8Array(32).fill(4)));
    await expect(checkEntry(small.read, { index: 0, logKey: other, sha256: null })).rejects.toMatchObject({
      kind: "denied",
    });
  });

  test("is found although its partial files made way for full ones", async () => {
    const [young, grown] = [logOf(200), logOf(256)];
    const read: ReadLog = async (path) => (path === "checkpoint" ? young.read(path) : grown.read(path));
    const checked = await checkEntry(read, { index: 9, logKey, sha256: sha256Of(grown, 9) });
    expect(checked.checkpoint.size).toBe(200);
  });
});

describe("the log since this browser saw it", () => {
  const shelf = () => {
    const kept = new Map<string, string>();
    return {
      read: (name: string) => kept.get(name) ?? null,
      write: (name: string, to: string) => void kept.set(name, to),
    };
  };
  const look = async (log: Log, kept: Kept) =>
    checkGrown(log.read, kept, { checkpoint: await readCheckpoint(log.read, logKey), logKey, nowMs });

  test("was not seen before the first time, and has grown the next", async () => {
    const kept = shelf();
    expect(await look(small, kept)).toBe(null);
    expect(await look(logOf(300), kept)).toMatchObject({ size: 7, atMs: nowMs });
    expect(await look(logOf(300), kept)).toMatchObject({ size: 300 });
  });

  test("is refused when it is shorter, or another one", async () => {
    const kept = shelf();
    await look(small, kept);
    await expect(look(logOf(6), kept)).rejects.toThrow("had 7 entries and now has 6");
    await expect(look(logOf(9, "another case"), kept)).rejects.toThrow("are not what they were");
    expect(await look(logOf(9), kept)).toMatchObject({ size: 7 });
  });

  test("counts as not seen when what was kept is broken", async () => {
    const kept = shelf();
    kept.write(`log ${logKey}`, "seven of them");
    expect(await look(small, kept)).toBe(null);
  });
});

describe("the key that signed", () => {
  const registrar = testKeys(80);
  const profile = signEnvelope(registrar, payloadTypes.agency, agency);
  const registrarKey = registrar.signKey;

  test("is the agency's when the registrar signed so", () => {
    expect(vouchedName({ signKey: agencyKeys.signKey, profile, registrarKey })).toBe("Harbour Police");
  });

  test("is nobody's when the profile does not list it, or another signed the profile", () => {
    expect(() => vouchedName({ signKey: testKeys(9).signKey, profile, registrarKey })).toThrow(
      "not in the agency's",
    );
    const forged = signEnvelope(testKeys(9), payloadTypes.agency, agency);
    expect(() => vouchedName({ signKey: agencyKeys.signKey, profile: forged, registrarKey })).toThrow(
      "may not sign",
    );
  });
});
