/**
 * Data stamp: which Sill wrote this data folder (`data.json`), so that an older one leaves it alone.
 *
 * `dataFormat` goes up by one with a change that the version before could not read; a keeper refuses data of a
 * format above its own before it touches anything. The package asks the same file before it goes
 * back to an older version (scripts/package/setup/may-read.sh).
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Fault, toFault } from "../../hal/fault.ts";
import { writeDurableJson } from "../seal/durable.ts";
import { version } from "../wire/sill-version.ts";

export const dataFormat = 1;

const stampSchema = z.object({ format: z.int().min(1), version: z.string().max(40) });
type Stamp = z.output<typeof stampSchema>;

/** Throws Fault `unavailable` for data of a newer format. A full disk is no reason not to start. */
export async function stampData(path: string): Promise<void> {
  const found = await read(path);
  if (found !== null && found.format > dataFormat)
    throw new Fault(
      "unavailable",
      `the data was written by a newer Sill (${found.version}, format ${found.format}); this is ${version}, which reads up to format ${dataFormat}`,
      { hint: "install that version again, or start on a folder of your own with --data" },
    );
  if (found?.format === dataFormat && found.version === version) return;
  const stamp: Stamp = { format: dataFormat, version };
  await writeDurableJson(path, stamp).catch(() => {}); // tried again at the next start
}

/** Null = there is none, or it is broken: then it is written anew. */
async function read(path: string): Promise<Stamp | null> {
  try {
    return stampSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const fault = toFault(error, "the stamp of the data cannot be read");
    if (fault.kind === "denied") throw fault;
    return null;
  }
}
