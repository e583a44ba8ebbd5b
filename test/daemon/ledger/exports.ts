/** Exports of ledgers for tests, made without a disk: what a doorbell with a fixed key would export. */
import fc from "fast-check";
import { toBase64 } from "../../../daemon/ledger/base64.ts";
import { signCheckpoint } from "../../../daemon/ledger/checkpoint.ts";
import { encodeEntry, type Told } from "../../../daemon/ledger/entry.ts";
import { exportFormat } from "../../../daemon/ledger/export.ts";
import { entryKinds } from "../../../daemon/ledger/kinds.ts";
import { appendedHash, emptyRange, rootOf } from "../../../daemon/ledger/range.ts";
import { leafHash } from "../../../daemon/ledger/tree.ts";
import { signer, vkey } from "./open-ledger.ts";

export interface Written {
  readonly told: Told;
  readonly wallMs: number;
  readonly isErased: boolean;
}

const words = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom("Ada", "Zoë", "a\tb", "a\nb", "🔔", ""));

export const anyEntry: fc.Arbitrary<Written> = fc.record({
  told: fc.record(
    {
      what: fc.constantFrom(...entryKinds),
      who: fc.option(words),
      detail: words,
      fromFrac: fc.double({ min: 0, max: 1, noNaN: true }),
      about: fc.record({ clip: words, grant: words }, { requiredKeys: [] }),
    },
    { requiredKeys: ["what", "who", "detail"] },
  ),
  wallMs: fc.integer({ min: 0, max: 2e12 }),
  isErased: fc.boolean(),
});

export function exportOf(entries: readonly Written[]): string {
  let range = emptyRange;
  const lines = entries.map(({ told, wallMs, isErased }, seq) => {
    const salt = toBase64(new Uint8Array(16).fill(seq % 256));
    const { line, opening } = encodeEntry(told, { seq, wallMs, salt });
    const leaf = leafHash(line);
    range = appendedHash(range, leaf);
    return [toBase64(leaf), textOf(line), isErased ? "" : textOf(opening)].join("\t");
  });
  const checkpoint = signCheckpoint({ size: range.size, root: rootOf(range) }, signer);
  return [JSON.stringify({ format: exportFormat, key: vkey, checkpoint }), ...lines, ""].join("\n");
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Changes that somebody could make to the file; every one must be noticed. */
export const anyChange: fc.Arbitrary<(file: Buffer) => Buffer> = fc.oneof(
  fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) }).map(({ at, by }) => (file: Buffer) => {
    const changed = Buffer.from(file);
    changed[at % file.length] = (changed[at % file.length] ?? 0) ^ by;
    return changed;
  }),
  fc.nat().map((at) => (file: Buffer) => file.subarray(0, at % file.length)),
  ofLines((lines, at) => lines.toSpliced(at, 1)),
  ofLines((lines, at) => lines.toSpliced(at, 0, lines[at] ?? "")),
  ofLines((lines, at) => lines.toSpliced(at, 1, (lines[at] ?? "").replace('"seq"', '"Seq"').concat(" "))),
  ofLines((lines, at) => lines.with(at, forged(lines[at] ?? ""))),
);

/** Another time, and the hash that fits it. */
function forged(line: string): string {
  const [, entry = "", opening = ""] = line.split("\t");
  const other = entry.replace(/"wallMs":\d+/u, '"wallMs":7');
  return [toBase64(leafHash(new TextEncoder().encode(other))), other, opening].join("\t");
}

/** A change of the lines of entries. */
function ofLines(change: (lines: string[], at: number) => string[]): fc.Arbitrary<(file: Buffer) => Buffer> {
  return fc.nat().map((which) => (file: Buffer) => {
    const lines = file.toString().split("\n").slice(0, -1);
    const at = 1 + (which % (lines.length - 1));
    return Buffer.from(`${change(lines, at).join("\n")}\n`);
  });
}
