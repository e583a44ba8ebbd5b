/**
 * Open pictures: those that a trace names and that lie beside it, one after the other, as JPEG files.
 *
 * A picture that is not the one that was recorded is Fault `corrupt`; an identity that fits none is `denied` and
 * leaves nothing behind. One that is missing is counted: pictures may be given on without each other.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Fault, toFault } from "../../../hal/fault.ts";
import type { MomentOf } from "../../../hal/trace/format.ts";
import { maxPictureBytes, pictureFolder, pictureName } from "../../../hal/trace/pictures.ts";
import { scanTrace } from "../../../hal/trace/scan.ts";
import type { Identity } from "../../seal/age/keys.ts";
import { open } from "../../seal/age/seal.ts";
import { writeNewFile } from "../new-file.ts";

type Picture = MomentOf<"picture">;

export interface OpenTarget {
  readonly identities: readonly Identity[];
  readonly out: string;
}

export interface OpenedPictures {
  readonly written: number;
  readonly missing: number;
}

export async function openPictures(trace: string, { identities, out }: OpenTarget): Promise<OpenedPictures> {
  const pictures = await picturesIn(trace);
  const there = pictures.filter(({ number }) => existsSync(pathOf(trace, number)));
  const [first] = there;
  if (first === undefined)
    throw new Fault(
      "not-found",
      pictures.length === 0
        ? `${trace} was recorded without pictures`
        : `the ${pictures.length} pictures of ${trace} are not in ${pictureFolder(trace)}`,
      { hint: "sill hal record FILE --frames 1 records them, into the folder FILE.pictures" },
    );
  openOne(trace, first, identities); // before anything is made: is it the right key?
  makeFolder(out);
  for (const picture of there) {
    const plain = openOne(trace, picture, identities);
    writeNewFile(join(out, nameOf(picture)), (append) => append(plain));
  }
  return { written: there.length, missing: pictures.length - there.length };
}

async function picturesIn(trace: string): Promise<Picture[]> {
  const pictures: Picture[] = [];
  try {
    await scanTrace(createReadStream(trace), {
      onHeader: () => {},
      onMoment: (moment) => void (moment.type === "picture" && pictures.push(moment)),
    });
  } catch (error) {
    const { kind, message, hint } = toFault(error);
    throw new Fault(kind, `${trace}: ${message}`, { hint, cause: error });
  }
  return pictures;
}

function pathOf(trace: string, number: number): string {
  return join(pictureFolder(trace), pictureName(number));
}

/** `000012-5.933s.jpg` */
function nameOf({ number, atNs }: Picture): string {
  return `${String(number).padStart(6, "0")}-${(atNs / 1e9).toFixed(3)}s.jpg`;
}

function openOne(
  trace: string,
  { number, bytes, sha256 }: Picture,
  identities: readonly Identity[],
): Uint8Array {
  const name = pictureName(number);
  const damaged = new Fault("corrupt", `${name} is not the picture that was recorded with the trace`);
  const sealed = readSealed(pathOf(trace, number), damaged);
  if (sealed.length !== bytes || createHash("sha256").update(sealed).digest("hex") !== sha256) throw damaged;
  try {
    return open(sealed, identities);
  } catch (error) {
    if (toFault(error).kind !== "denied") throw error;
    throw new Fault("denied", `this identity does not open ${name}`, {
      hint: "use the identity of somebody who was an owner or a member when it was recorded",
    });
  }
}

function readSealed(path: string, damaged: Fault): Uint8Array {
  try {
    if (statSync(path).size > maxPictureBytes) throw damaged;
    return readFileSync(path);
  } catch (error) {
    throw toFault(error, `cannot read ${path}`);
  }
}

function makeFolder(out: string): void {
  if (existsSync(out))
    throw new Fault("denied", `${out} is already there and is not overwritten`, {
      hint: "choose another name",
    });
  try {
    mkdirSync(out, { mode: 0o700 });
  } catch (error) {
    throw toFault(error, `cannot make ${out}`);
  }
}
