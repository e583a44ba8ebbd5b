/**
 * Old history: takes over what a version before the ledger wrote, `history/YYYY-MM.jsonl`, once.
 *
 * Until the folder is gone nothing else is told, so the ledger's size says how many lines came over before a
 * crash. Files go newest first: what is left is always the beginning.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { toFault } from "../../hal/fault.ts";
import type { Told } from "../ledger/entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { historyEntrySchema, type HistoryEntry } from "../wire/api-household.ts";

/** Fewer than may wait for the ledger. */
const atOnce = 256;
const monthFile = /^\d{4}-\d{2}\.jsonl$/u;

/** Nothing when there is no folder. */
export async function takeOverHistory(folder: string, ledger: Ledger): Promise<void> {
  const months = (await namesIn(folder))?.filter((name) => monthFile.test(name)).toSorted();
  if (months === undefined) return;
  const entries: HistoryEntry[] = [];
  for (const month of months) entries.push(...(await readMonth(join(folder, month))));
  const left = entries.slice(ledger.size);
  for (let at = 0; at < left.length; at += atOnce) {
    const some = left.slice(at, at + atOnce);
    await Promise.all(some.map((entry) => ledger.append(said(entry), entry.wallMs)));
  }
  for (const month of months.toReversed()) await rm(join(folder, month));
  await rm(folder, { recursive: true });
}

function said({ fromFrac, toFrac, about, who, what, detail }: HistoryEntry): Told {
  const fracs = { ...(fromFrac === null ? {} : { fromFrac }), ...(toFrac === null ? {} : { toFrac }) };
  return { who, what, detail, ...fracs, ...(about === undefined ? {} : { about }) };
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  return readdir(folder).catch((error: unknown) => {
    const fault = toFault(error, "the old history cannot be read");
    if (fault.kind === "not-found") return undefined;
    throw fault;
  });
}

/** A line that was cut by a crash is left out. */
async function readMonth(path: string): Promise<HistoryEntry[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line) => parseEntry(line) ?? []);
}

function parseEntry(line: string): HistoryEntry | null {
  try {
    return historyEntrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
