/**
 * `sill identity`: the recovery words as an identity file, for people who open recordings in a shell.
 *
 * The words come from standard input and from nowhere else: arguments and variables are seen by
 * every process of the machine.
 */
import { Fault } from "../../../hal/fault.ts";
import { keysOf } from "../../identity/keys.ts";
import { seedOf, wordCount } from "../../identity/words.ts";
import { parseIdentity } from "../../seal/age/keys.ts";
import { writeIdentityFile } from "../../seal/identity-file.ts";
import type { Command } from "../command.ts";

export const identity: Command = {
  operands: "--out FILE",
  arity: [0, 0],
  about: [
    `Reads the ${wordCount} recovery words from standard input and writes the identity file that opens recordings`,
    "(sill clips export, age -d -i). Whoever has that file can watch: keep it as you keep the words.",
  ].join("\n"),
  options: { out: { value: "FILE", about: "The file to write, readable by you alone" } },
  takesSettings: false,
  examples: [
    ["sill identity --out key.txt", "asks for the words"],
    ["sill identity --out key.txt < words.txt", "reads them from a file"],
  ],
  run: async ({ value, terminal }) => {
    const out = value("out");
    if (out === null) {
      throw new Fault("invalid", "identity needs --out FILE", { hint: "sill identity --out key.txt" });
    }
    const text = await terminal.read(`Recovery words (${wordCount}, on one line or several; then Ctrl-D): `);
    const { sealIdentity, sealTo } = keysOf(seedOf(text));
    await writeIdentityFile(out, parseIdentity(sealIdentity));
    terminal.out(`Wrote ${out}: it opens what was sealed to ${sealTo}.`);
  },
};
