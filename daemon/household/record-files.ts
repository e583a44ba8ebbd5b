/**
 * Record files: the household as it lies in `household/`, one signed envelope a file, in order.
 *
 * One reader for keeper and eye, so that neither takes what the other refuses; each replays for itself.
 * Numbered 000000.json, 000001.json ... without a gap. Throws Fault `corrupt` for a gap or what is no
 * JSON, `exhausted` for far too much. A missing folder is an empty household.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault, toFault } from "../../hal/fault.ts";
import { numberedFile } from "../wire/paths.ts";
import { maxRecords } from "./household.ts";

const isRecord = /^\d{6}\.json$/u;
/** Larger than any record by far. */
const maxRecordBytes = 64 * 1024;

export async function readRecords(folder: string): Promise<unknown[]> {
  const names = (await namesIn(folder)).filter((name) => isRecord.test(name)).toSorted();
  if (names.length > maxRecords)
    throw new Fault("exhausted", `the household has more than ${maxRecords} records`);
  const gap = names.findIndex((name, index) => name !== numberedFile(index));
  if (gap >= 0)
    throw new Fault("corrupt", `household record ${gap} is missing`, {
      hint: "put the household's files back from a backup",
    });
  return Promise.all(names.map((name, index) => readRecord(join(folder, name), index)));
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const fault = toFault(error, "the household cannot be read");
    if (fault.kind === "not-found") return [];
    throw fault;
  });
}

async function readRecord(path: string, index: number): Promise<unknown> {
  const what = `household record ${index}`;
  try {
    if ((await stat(path)).size > maxRecordBytes) throw new Fault("invalid", `${what} is too large`);
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Fault("corrupt", `${what} is not JSON`, {
        cause: error,
        hint: "put the household's files back from a backup",
      });
    throw toFault(error, `${what} cannot be read`);
  }
}
