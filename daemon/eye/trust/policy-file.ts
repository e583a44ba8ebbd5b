/**
 * Policy file: the signed envelope as it lies in `policy.json`.
 *
 * Throws Fault `not-found`, `denied`, `corrupt` (not JSON) or `invalid` (too large); the caller masks
 * everything then.
 */
import { readFile, stat } from "node:fs/promises";
import { Fault, toFault } from "../../../hal/fault.ts";

/** Larger than any real policy by far. */
const maxPolicyBytes = 1024 * 1024;

export function parsePolicyFile(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault("corrupt", "the privacy policy is not JSON", {
      cause: error,
      hint: "sign the property line again",
    });
  }
}

export async function readPolicyFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxPolicyBytes) throw new Fault("invalid", `privacy policy of ${size} bytes is too large`);
    return await readFile(path, "utf8");
  } catch (error) {
    const fault = toFault(error, "the privacy policy cannot be read");
    if (fault.kind !== "not-found") throw fault;
    throw new Fault("not-found", "no property line has been drawn, so every pixel is masked", {
      hint: "draw the property line; nothing is visible until then",
      cause: fault,
    });
  }
}
