/**
 * `sill hal pictures`: the sealed pictures of a trace, opened with a viewer's identity.
 */
import { Fault } from "../../../hal/fault.ts";
import { pictureFolder } from "../../../hal/trace/pictures.ts";
import { jsonOption, type Command } from "../command.ts";
import { openPictures } from "../hal/open-pictures.ts";
import { readIdentities } from "../read-identity.ts";

export const halPictures: Command = {
  operands: "FILE --identity FILE --out FOLDER",
  arity: [1, 1],
  about: [
    "Opens the pictures that sill hal record --frames put beside a trace, and writes them as JPEG files named by",
    "their time into a new folder. Each is checked against the trace. Nobody else's key opens them.",
  ].join("\n"),
  options: {
    identity: {
      value: "FILE",
      about: "The key that opens them: sill identity makes the file, or age-keygen",
    },
    out: { value: "FOLDER", about: "The folder to make" },
    json: jsonOption,
  },
  takesSettings: false,
  examples: [["sill hal pictures pale.trace.jsonl --identity key.txt --out pale", "what the camera saw"]],
  run: async ({ operands, value, has, terminal }) => {
    const [file = ""] = operands;
    const [out, identity] = [value("out"), value("identity")];
    if (out === null || identity === null)
      throw new Fault(
        "invalid",
        `hal pictures needs --${identity === null ? "identity FILE" : "out FOLDER"}`,
        {
          hint: `sill hal pictures ${file} --identity key.txt --out pictures`,
        },
      );
    const opened = await openPictures(file, { identities: readIdentities(identity), out });
    if (has("json")) return terminal.out(JSON.stringify({ out, ...opened }));
    terminal.out(`Wrote ${opened.written} pictures to ${out}.`);
    if (opened.missing > 0)
      terminal.err(`${opened.missing} pictures of the trace are not in ${pictureFolder(file)}`);
  },
};
