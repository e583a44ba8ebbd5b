/**
 * Sealed folder: the pictures of a trace that is being recorded, each an age file, beside it.
 *
 * What comes in is sealed already (daemon/eye/trace-pictures.ts); anything that is no age file is refused, so that
 * nothing plain is ever written here.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import { pictureFolder, pictureName } from "../../../hal/trace/pictures.ts";
import { parseHeaderText } from "../../seal/age/header-text.ts";
import { writeNewFile } from "../new-file.ts";

export interface SealedFolder {
  add(number: number, sealed: Uint8Array): void;
}

/** Throws Fault `denied` when the folder is there already. A write that fails later is told once to `onFault`. */
export function newSealedFolder(trace: string, onFault: (fault: Fault) => void): SealedFolder {
  const folder = pictureFolder(trace);
  makeNew(folder);
  return {
    add(number, sealed) {
      try {
        parseHeaderText(sealed); // throws for what is not sealed
        writeNewFile(join(folder, pictureName(number)), (append) => append(sealed));
      } catch (error) {
        onFault(toFault(error, "cannot keep a picture"));
      }
    },
  };
}

function makeNew(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!exists) throw toFault(error, `cannot make ${folder}`);
    throw new Fault("denied", `${folder} is already there and is not overwritten`, {
      hint: "choose another name",
    });
  }
}
