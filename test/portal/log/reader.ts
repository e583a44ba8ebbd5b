/**
 * Reader: somebody else's reading of a public log, from RFC 6962 and C2SP tlog-tiles alone. Shares no code with
 * the log: it fetches files, takes entries apart and hashes them itself.
 */
import { createHash, createPublicKey, verify } from "node:crypto";

export type Fetch = (path: string) => Promise<Uint8Array | null>;

export interface ReadLog {
  readonly size: number;
  /** Hex, as the checkpoint says it. */
  readonly root: string;
  readonly entries: readonly Buffer[];
}

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** Throws when anything does not fit. */
export async function readLog(fetch: Fetch, logKey: string): Promise<ReadLog> {
  const note = Buffer.from((await fetch("checkpoint")) ?? []).toString("utf8");
  const { size, root } = checkNote(note, logKey);
  const entries: Buffer[] = [];
  for (let index = 0; index * 256 < size; index += 1) {
    const width = Math.min(256, size - index * 256);
    const bundle = await fetch(`tile/entries/${place(index)}${width === 256 ? "" : `.p/${width}`}`);
    const found = takeApart(Buffer.from(bundle ?? []));
    if (found.length !== width) throw new Error(`bundle ${index} has ${found.length} entries, not ${width}`);
    entries.push(...found);
  }
  const leaves = entries.map((entry) => sha256(Buffer.of(0), entry));
  const made = treeHash(leaves).toString("hex");
  if (made !== root) throw new Error(`the entries make the root ${made}, not ${root}`);
  await checkTiles(fetch, leaves);
  return { size, root, entries };
}

export function rootOfFirst(entries: readonly Buffer[], count: number): string {
  return treeHash(entries.slice(0, count).map((entry) => sha256(Buffer.of(0), entry))).toString("hex");
}

/** Every tile of every level says what the entries make. */
async function checkTiles(fetch: Fetch, leaves: readonly Buffer[]): Promise<void> {
  let nodes = leaves;
  for (let level = 0; nodes.length > 0; level += 1) {
    for (let index = 0; index * 256 < nodes.length; index += 1) {
      const expected = nodes.slice(index * 256, index * 256 + 256);
      const width = expected.length === 256 ? "" : `.p/${expected.length}`;
      const tile = await fetch(`tile/${level}/${place(index)}${width}`);
      if (!Buffer.concat(expected).equals(Buffer.from(tile ?? [])))
        throw new Error(`tile ${level}/${index}${width} is wrong`);
    }
    const full = Math.floor(nodes.length / 256);
    nodes = Array.from({ length: full }, (_, at) => treeHash(nodes.slice(at * 256, at * 256 + 256)));
  }
}

function place(index: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const groups = digits.match(/.../gu) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}

function takeApart(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

function checkNote(note: string, logKey: string): { size: number; root: string } {
  const [name = "", , key = ""] = logKey.split("+");
  const publicKey = Buffer.from(logKey.slice(logKey.indexOf("+", name.length + 1) + 1), "base64").subarray(1);
  const [text = "", signature = ""] = note.split("\n\n");
  const blob = Buffer.from(signature.trim().split(" ")[2] ?? "", "base64");
  const id = sha256(Buffer.from(`${name}\n`), Buffer.of(1), publicKey).subarray(0, 4);
  const jwk = { kty: "OKP", crv: "Ed25519", x: publicKey.toString("base64url") };
  const isSigned = verify(
    null,
    Buffer.from(`${text}\n`),
    createPublicKey({ format: "jwk", key: jwk }),
    blob.subarray(4),
  );
  const [origin, size = "", root = ""] = text.split("\n");
  if (key === "" || origin !== name || !blob.subarray(0, 4).equals(id) || !isSigned)
    throw new Error("the checkpoint is not signed by the log's key");
  return { size: Number(size), root: Buffer.from(root, "base64").toString("hex") };
}
