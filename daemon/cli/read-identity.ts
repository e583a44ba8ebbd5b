/**
 * Identity file: who opens recordings, as `sill identity` and `age-keygen` write it.
 */
import { readFileSync, statSync } from "node:fs";
import { Fault, toFault } from "../../hal/fault.ts";
import { parseIdentities, type Identity } from "../seal/age/keys.ts";

/** A thousand keys and their comments; a video by mistake is not read. */
const maxBytes = 256 * 1024;

/** Throws Fault `not-found`, `denied`, or `invalid` for a file that holds none; never repeats a key. */
export function readIdentities(path: string): Identity[] {
  const text = readText(path);
  try {
    return parseIdentities(text);
  } catch (error) {
    const { kind, message, hint } = toFault(error);
    throw new Fault(kind, `identity file ${path}: ${message}`, {
      hint: hint ?? "sill identity --out FILE makes one from the recovery words",
    });
  }
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > maxBytes)
      throw new Fault("invalid", `${path} is no identity file: it has ${size} bytes, at most ${maxBytes}`);
    return readFileSync(path, "utf8");
  } catch (error) {
    const fault = toFault(error, `cannot read the identity file ${path}`);
    if (fault.kind !== "not-found") throw fault;
    throw new Fault("not-found", `no identity file ${path}`, {
      hint: "sill identity --out FILE makes one from the recovery words",
    });
  }
}
