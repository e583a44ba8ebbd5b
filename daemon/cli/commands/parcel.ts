/**
 * `sill parcel open`: what lies in an archive, as files that every player plays.
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import { sizeText, timeText } from "../amounts.ts";
import { jsonOption, type Command } from "../command.ts";
import { writeNewFile } from "../new-file.ts";
import { openParcel } from "../open-parcel.ts";
import { readIdentities } from "../read-identity.ts";

export const parcelOpen: Command = {
  operands: "FILE --identity FILE --out FOLDER",
  arity: [1, 1],
  about: [
    "Opens a parcel of an archive: checks the owner's signature and every hash, and writes letter.json and",
    "one MP4 file for each recording into a new folder.",
  ].join("\n"),
  options: {
    identity: { value: "FILE", about: "The key that opens it: sill identity makes the file, or age-keygen" },
    out: { value: "FOLDER", about: "The folder to make" },
    json: jsonOption,
  },
  takesSettings: false,
  examples: [["sill parcel open 3f9c.parcel --identity key.txt --out visitor", "from an archive"]],
  run: ({ operands, value, has, terminal }) => {
    const [file = ""] = operands;
    const [out, identity] = [value("out"), value("identity")];
    if (out === null || identity === null) {
      throw new Fault(
        "invalid",
        `parcel open needs --${identity === null ? "identity FILE" : "out FOLDER"}`,
        {
          hint: `sill parcel open ${file} --identity key.txt --out visitor`,
        },
      );
    }
    if (existsSync(out))
      throw new Fault("denied", `${out} is already there and is not overwritten`, {
        hint: "choose another name",
      });
    const { letter, recordings } = openParcel(readParcel(file), readIdentities(identity));
    mkdirSync(out, { mode: 0o700 });
    writeNewFile(join(out, "letter.json"), (append) =>
      append(Buffer.from(`${JSON.stringify(letter, null, 2)}\n`)),
    );
    const written = recordings.map(({ clip, parts }) => {
      const path = join(out, `${clip}.mp4`);
      const bytes = writeNewFile(path, (append) => parts.reduce((sum, part) => sum + append(part), 0));
      return { clip, file: path, bytes };
    });
    if (has("json")) return terminal.out(JSON.stringify({ signedBy: letter.ownerKey, written }));
    terminal.out(`Signed ${timeText(letter.issuedAt)} with the key ${letter.ownerKey}, for: ${letter.to}.`);
    for (const each of written) terminal.out(`Wrote ${each.file}: ${sizeText(each.bytes)}.`);
  },
};

function readParcel(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw toFault(error, `cannot read ${path}`);
  }
}
