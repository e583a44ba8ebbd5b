/**
 * Header text: the readable beginning of an age file, as lines and back.
 *
 *   age-encryption.org/v1
 *   -> TYPE ARGUMENT...          one stanza a recipient, of a type that its owner knows
 *   BODY                         base64 in lines of 64; the last is shorter, perhaps empty
 *   --- MAC
 *
 * Strict both ways: what parses here is written back byte for byte the same. Runs in browsers too. Says nothing about
 * whom the stanzas are for (stanza.ts) nor whether the MAC is right (header.ts).
 */
import { Fault } from "../../../hal/fault.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { latin1, LineReader } from "./line-reader.ts";

export interface Stanza {
  /** The type is the first; each is printable ASCII without spaces. */
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

export interface HeaderText {
  readonly stanzas: readonly Stanza[];
  readonly mac: Uint8Array;
  /** What the MAC covers: everything up to and with `---`. */
  readonly covered: Uint8Array;
  readonly bytes: number;
}

/** Far above what we write (about 100 bytes a recipient); bounds what a hostile file can cost. */
export const maxHeaderBytes = 64 * 1024;

const magic = "age-encryption.org/";
const versionLine = `${magic}v1`;
const columns = 64;
const macBytes = 32;
const argument = /^[\x21-\x7e]+$/u;

/** The text that the MAC covers. */
export function formatCovered(stanzas: readonly Stanza[]): string {
  const texts = stanzas.map(({ args, body }) => {
    const text = encodeBase64(body);
    const lines = Array.from({ length: Math.floor(text.length / columns) + 1 }, (_, i) =>
      text.slice(i * columns, (i + 1) * columns),
    );
    return `-> ${args.join(" ")}\n${lines.join("\n")}\n`;
  });
  return `${versionLine}\n${texts.join("")}---`;
}

export function formatMac(mac: Uint8Array): string {
  return ` ${encodeBase64(mac)}\n`;
}

/**
 * Reads the header at the beginning of `file`, which may stop anywhere after it. Throws Fault
 * `invalid` when this is no age v1 file, `corrupt` when it is a cut off or malformed one.
 */
export function parseHeaderText(file: Uint8Array): HeaderText {
  const reader = new LineReader(file, maxHeaderBytes);
  checkMagic(file);
  const version = reader.next();
  if (version !== versionLine)
    throw new Fault(
      "invalid",
      `age version ${JSON.stringify(version.slice(magic.length, 60))}; only v1 is known`,
    );
  const stanzas: Stanza[] = [];
  for (;;) {
    const { at } = reader;
    const line = reader.next();
    if (line.startsWith("---")) {
      if (stanzas.length === 0) throw reader.fault("there is no recipient before the end");
      return { stanzas, mac: parseMac(line, reader), covered: file.subarray(0, at + 3), bytes: reader.at };
    }
    stanzas.push(parseStanza(line, reader));
  }
}

function checkMagic(file: Uint8Array): void {
  const start = latin1(file.subarray(0, magic.length));
  if (start === magic) return;
  if (magic.startsWith(start))
    throw new Fault("corrupt", `age file cut off at byte ${file.length}, in its header`);
  const hint = start.startsWith("-----BEGIN AGE")
    ? "it is in text form (armor); only the binary form is read"
    : undefined;
  throw new Fault("invalid", "not an age file", { hint });
}

function parseMac(line: string, reader: LineReader): Uint8Array {
  const mac = line.startsWith("--- ") ? decodeBase64(line.slice(4)) : null;
  if (mac?.length !== macBytes) throw reader.fault("the last line is not --- and a MAC");
  return mac;
}

function parseStanza(line: string, reader: LineReader): Stanza {
  if (!line.startsWith("-> ")) throw reader.fault("it starts neither a recipient nor the end");
  const args = line.slice(3).split(" ");
  if (!args.every((text) => argument.test(text))) throw reader.fault("an argument is empty or not printable");
  let text = "";
  for (let body = reader.next(); ; body = reader.next()) {
    if (body.length > columns)
      throw reader.fault(`a body line has ${body.length} columns; at most ${columns}`);
    text += body;
    if (body.length < columns) break;
  }
  const body = decodeBase64(text);
  if (body === null) throw reader.fault("the body that ends here is not canonical base64");
  return { args, body };
}
