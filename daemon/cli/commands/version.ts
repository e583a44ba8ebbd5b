/**
 * `sill version`: what runs here, for people and for bug reports.
 */
import { version as sillVersion } from "../../wire/sill-version.ts";
import { jsonOption, type Command } from "../command.ts";

export const version: Command = {
  operands: "",
  arity: [0, 0],
  about: "Prints the versions of Sill and Node, and the platform.",
  options: { json: jsonOption },
  takesSettings: false,
  examples: [["sill version --json", "the same for programs"]],
  run({ has, terminal }) {
    const facts = {
      sill: sillVersion,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    };
    if (has("json")) terminal.out(JSON.stringify(facts));
    else terminal.out(`sill ${facts.sill} (node ${facts.node}, ${facts.platform})`);
  },
};
