/**
 * `sill ledger ...`: what happened, from the folder on the disk, and whether anybody changed it since.
 *
 * Works with the doorbell running or not, and changes nothing. What is exported and checked ends with the last
 * checkpoint that the doorbell signed, at most seconds old while it runs.
 */
import { createReadStream } from "node:fs";
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import { diskFiles } from "../../files/disk.ts";
import type { Files } from "../../files/files.ts";
import { readDeviceName } from "../../identity/device-key.ts";
import type { Entry } from "../../ledger/entry.ts";
import { exportLines, type Exported } from "../../ledger/export.ts";
import { entryKinds } from "../../ledger/kinds.ts";
import { pageOf } from "../../ledger/page.ts";
import { lookFor } from "../../ledger/recover.ts";
import { ledgerKey } from "../../ledger/key.ts";
import { readSigned } from "../../ledger/signed.ts";
import { verifyExport, type Verdict } from "../../ledger/verify-export.ts";
import { dataPaths } from "../../wire/paths.ts";
import { timeText } from "../amounts.ts";
import { jsonOption, quote, type Call, type Command } from "../command.ts";
import { limitOf, limitOption } from "../limit.ts";
import { writeNewFileOf } from "../new-file.ts";
import { textTable } from "../table.ts";

const tryHint = "sill run   (starts the doorbell; --data FOLDER looks elsewhere)";

export const ledgerShow: Command = {
  operands: "",
  arity: [0, 0],
  about: "Lists what happened, newest first. Works with the doorbell running or not.",
  options: {
    limit: limitOption,
    before: { value: "N", about: "Only entries below this number (the next page)" },
    kind: { value: "KIND", about: "Only this kind, e.g. live-view, grant-signed, send-intent" },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill ledger show --kind live-view", "who watched live"],
    ["sill ledger show --limit 1000 --json", "for programs"],
  ],
  run: async (call) => {
    const [limit, before, kind] = [limitOf(call), beforeOf(call), kindOf(call)];
    const files = filesOf(call.settings().settings);
    const entries = await newest(files, { limit, before, kind });
    const { terminal } = call;
    if (call.has("json")) return terminal.out(JSON.stringify(entries, null, 2));
    if (entries.length === 0) return terminal.err("No entries. The first is made when somebody pairs.");
    const rows = entries.map((entry) => [
      String(entry.seq),
      timeText(entry.wallMs),
      entry.kind,
      whoOf(entry),
      detailOf(entry),
    ]);
    for (const line of textTable([["NUMBER", "WHEN", "WHAT", "WHO", "DETAIL"], ...rows], { right: [0] }))
      terminal.out(line);
    const last = entries.at(-1);
    if (entries.length === limit && last !== undefined && last.seq > 0)
      terminal.err(`older ones: sill ledger show --before ${last.seq}`);
  },
};

export const ledgerVerify: Command = {
  operands: "[FILE]",
  arity: [0, 1],
  about: [
    "Checks an exported file, or the ledger of this doorbell: that every entry is the one that was written,",
    "that none is missing, and that the doorbell's key signed exactly these. Says which line is wrong.",
    "A file needs no doorbell and no network.",
  ].join("\n"),
  options: {
    key: { value: "KEY", about: "The key it must be signed by, as the history page shows it" },
    json: jsonOption,
  },
  takesSettings: true,
  examples: [
    ["sill ledger verify sill-ledger.txt", "a file that was exported"],
    ["sill ledger verify", "this doorbell's own"],
  ],
  run: async (call) => {
    const [file] = call.operands;
    const chunks = file === undefined ? await ownLines(call.settings().settings) : createReadStream(file);
    const verdict = await verifyExport(chunks, { key: call.value("key") });
    if (call.has("json")) call.terminal.out(JSON.stringify(verdict, null, 2));
    else tell(verdict, call);
    if (verdict.problems.length === 0) return;
    throw new Fault("corrupt", `the ledger does not hold: ${countOf(verdict.problemCount, "problem")}`, {
      hint: "do not trust what it says; the newest page of every owner and older exports tell more",
    });
  },
};

export const ledgerExport: Command = {
  operands: "--out FILE",
  arity: [0, 0],
  about:
    "Writes the whole ledger as one text file, which anybody can check. An existing file is never overwritten.",
  options: { out: { value: "FILE", about: "The file to write" }, json: jsonOption },
  takesSettings: true,
  examples: [["sill ledger export --out sill-ledger.txt", "then: sill ledger verify sill-ledger.txt"]],
  run: async ({ value, settings, has, terminal }) => {
    const out = value("out");
    if (out === null)
      throw new Fault("invalid", "ledger export needs --out FILE", {
        hint: "sill ledger export --out sill-ledger.txt",
      });
    const { files, exported } = await signedLedger(settings().settings);
    await writeNewFileOf(out, exportLines(files, exported));
    const { size, key } = exported;
    if (has("json")) return terminal.out(JSON.stringify({ file: out, entries: size, key }));
    terminal.out(`Wrote ${out}: ${countOf(size, "entry", "entries")}.`);
    terminal.err(`check it anywhere: sill ledger verify ${out}`);
  },
};

function filesOf({ data }: Settings): Files {
  return diskFiles(dataPaths(data).ledger);
}

async function newest(
  files: Files,
  { limit, before, kind }: { limit: number; before: number | null; kind: string | null },
): Promise<Entry[]> {
  const { size } = await lookFor(files);
  const without = kind === null ? [] : entryKinds.filter((each) => each !== kind);
  const entries: Entry[] = [];
  for (let next: number | null = before; entries.length < limit;) {
    const page = await pageOf(files, size, { before: next, limit: limit - entries.length, without });
    entries.push(...page.entries);
    if (page.next === null) break;
    next = page.next;
  }
  return entries;
}

async function signedLedger(settings: Settings): Promise<{ files: Files; exported: Exported }> {
  const device = await readDeviceName(dataPaths(settings.data).deviceKey);
  const files = filesOf(settings);
  const key = device === null ? null : ledgerKey(device);
  const signed = key === null ? null : await readSigned(files, key);
  if (key === null || signed === null)
    throw new Fault("not-found", `no signed ledger in the data folder ${settings.data}`, { hint: tryHint });
  return { files, exported: { key, checkpoint: signed.note, size: signed.size } };
}

async function ownLines(settings: Settings): Promise<AsyncIterable<Uint8Array>> {
  const { files, exported } = await signedLedger(settings);
  return exportLines(files, exported);
}

function tell(
  { problems, problemCount, entries, erased, firstWallMs, lastWallMs, key }: Verdict,
  call: Call,
): void {
  const { out, err } = call.terminal;
  for (const { line, message } of problems) out(line === 0 ? message : `line ${line}: ${message}`);
  if (problemCount > problems.length) out(`and ${problemCount - problems.length} more`);
  if (problemCount > 0) return;
  const times =
    firstWallMs === null || lastWallMs === null ? [] : [timeText(firstWallMs), timeText(lastWallMs)];
  const span = times.length === 0 ? "" : `, from ${times.join(" to ")}`;
  out(`The ledger holds: ${countOf(entries, "entry", "entries")}${span}.`);
  if (erased > 0)
    out(`Of ${countOf(erased, "entry", "entries")} the details were erased when their time had come.`);
  out(`Signed by ${key ?? ""}`);
  if (call.value("key") === null) err("compare this key with the one that your history page shows");
}

function whoOf({ opening }: Entry): string {
  return opening === null ? "-" : (opening.who ?? "the doorbell");
}

function detailOf({ opening }: Entry): string {
  if (opening === null) return "(erased)";
  const about = Object.entries(opening.about ?? {}).map(([what, id]) => `${what} ${id}`);
  return [opening.detail, ...about].filter((text) => text !== "").join("; ");
}

function beforeOf(call: Call): number | null {
  const text = call.value("before");
  if (text === null) return null;
  if (/^\d{1,15}$/u.test(text)) return Number(text);
  throw new Fault("invalid", `--before ${quote(text)} is not allowed; allowed: the number of an entry`);
}

function kindOf(call: Call): string | null {
  const kind = call.value("kind");
  if (kind === null || entryKinds.some((known) => known === kind)) return kind;
  throw new Fault("invalid", `--kind ${quote(kind)} is not allowed; allowed: ${entryKinds.join(", ")}`);
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
