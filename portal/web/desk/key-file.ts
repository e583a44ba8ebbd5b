/**
 * KeyFile: an agency's keys as a file, and back. Pure.
 *
 * One seed of 32 bytes makes both keys, as for the people of a house (daemon/identity/keys.ts). It stands in a
 * comment, with a checksum (Bech32); the one line that is no comment is the age identity, so that the same file
 * opens recordings with `age -d -i`.
 */
import { encodeBech32, decodeBech32 } from "../../../daemon/seal/age/bech32.ts";
import { keysOf, seedBytes, type Keys } from "../../../daemon/identity/keys.ts";
import { Fault } from "../../../hal/fault.ts";
import { deskWords } from "./words.ts";

const seedPrefix = "SILL-AGENCY-SEED-";
const { file: say, signIn } = deskWords;

export interface MadeKeys {
  readonly seed: Uint8Array;
  readonly name: string;
  /** "2026-01-31" */
  readonly day: string;
}

export function keyFile({ seed, name, day }: MadeKeys): string {
  const { signKey, sealTo, sealIdentity } = keysOf(seed);
  const notes = [
    say.head(oneLine(name)),
    say.secret,
    say.made(day),
    say.signKey(signKey),
    say.recipient(sealTo),
    say.seed(encodeBech32(seedPrefix, seed)),
    say.age,
  ];
  return `${notes.map((note) => `# ${note}\n`).join("")}${sealIdentity}\n`;
}

/** Throws Fault `invalid`, never repeating what the file says. */
export function readKeyFile(text: string): { readonly seed: Uint8Array; readonly keys: Keys } {
  const found = new RegExp(`${seedPrefix}1[0-9A-Z]+`, "u").exec(text)?.[0];
  if (found === undefined) throw new Fault("invalid", signIn.noKey, { hint: signIn.noKeyHint });
  let seed: Uint8Array;
  try {
    seed = decodeBech32(seedPrefix, found);
  } catch (error) {
    throw new Fault("invalid", signIn.damaged, { hint: signIn.damagedHint, cause: error });
  }
  if (seed.length !== seedBytes) throw new Fault("invalid", signIn.damaged, { hint: signIn.damagedHint });
  const keys = keysOf(seed);
  const identity = /^AGE-SECRET-KEY-1[0-9A-Z]+$/mu.exec(text)?.[0];
  if (identity !== undefined && identity !== keys.sealIdentity)
    throw new Fault("invalid", signIn.twoKeys, { hint: signIn.damagedHint });
  return { seed, keys };
}

/** What the registrar needs. */
export function publicHalves({ signKey, sealTo }: Pick<Keys, "signKey" | "sealTo">, name: string): string {
  return `${JSON.stringify({ name: oneLine(name), signKey, sealTo }, null, 2)}\n`;
}

/** A name with a line break must not become a line of the file. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}
