/**
 * Secret: what stands in a file that only one process's user may read, without the line's end.
 *
 * Read each time it is needed: a corrected one counts without a restart.
 */
import { readFile } from "node:fs/promises";
import { Fault, toFault, type FaultKind } from "../../hal/fault.ts";

const maxChars = 64 * 1024;

const why: Partial<Record<FaultKind, string>> = {
  "not-found": "there is none",
  denied: "it may not be read",
  invalid: "it is empty, or no such file",
};

/** null = no file is set. Throws Fault that names the setting and not the path: everybody may read health. */
export async function readSecretOf(reader: string, path: string, setting: string): Promise<string | null> {
  if (path === "") return null;
  try {
    const text = (await readFile(path, "utf8")).replace(/\r?\n$/u, "");
    if (text === "" || text.length > maxChars) throw new Fault("invalid", "empty or too large");
    return text;
  } catch (error) {
    const { kind } = toFault(error);
    throw new Fault(kind, `the file of ${setting} cannot be used: ${why[kind] ?? "it cannot be read"}`, {
      hint: `the ${reader}'s user must be allowed to read it`,
      cause: error,
    });
  }
}
