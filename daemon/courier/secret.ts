/**
 * Secret: what stands in a file that only the courier's user may read, without the line's end.
 *
 * Read each time it is needed: a corrected one counts without a restart.
 */
import { readFile } from "node:fs/promises";
import { Fault, toFault } from "../../hal/fault.ts";

const maxBytes = 64 * 1024;

/** null = no file is set. Throws Fault that names the setting. */
export async function readSecret(path: string, setting: string): Promise<string | null> {
  if (path === "") return null;
  try {
    const text = await readFile(path, "utf8");
    if (text.length > maxBytes) throw new Fault("invalid", "it is no such file: it is too large");
    return text.replace(/\r?\n$/u, "");
  } catch (error) {
    const { kind, message } = toFault(error);
    throw new Fault(kind, `cannot read the file of ${setting}: ${message}`, {
      hint: "the courier's user must be allowed to read it",
      cause: error,
    });
  }
}
