/**
 * Testimony: a witness's changes, a line each, in a file that no power cut of a guest reaches.
 *
 * A line is written before what it gives up is asked for, and after what it claims was answered: whoever dies in
 * between has said too little, never too much. Half a line, the last word of one that was killed, says nothing.
 */
import { appendFileSync, closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { Witness, type WitnessChange } from "./witness.ts";

/** Goes on where the file ends, as a witness that knows all that stands in it. */
export function testifyTo(path: string): Witness {
  appendFileSync(path, "\n"); // ends half a line
  const file = openSync(path, "a");
  const witness = new Witness((change) => writeSync(file, `${JSON.stringify(change)}\n`));
  readTestimony(path, witness);
  return witness;
}

/** Lets `witness` know what was written from byte `from` on; answers where to go on. */
export function readTestimony(path: string, witness: Witness, from = 0): number {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const chunks: Buffer[] = [];
    let at = from;
    for (let length = 1; length > 0; at += length) {
      length = readSync(file, buffer, 0, buffer.length, at);
      chunks.push(Buffer.from(buffer.subarray(0, length)));
    }
    const bytes = Buffer.concat(chunks);
    const whole = bytes.lastIndexOf("\n") + 1;
    for (const line of bytes.subarray(0, whole).toString().split("\n")) {
      const change = changeOf(line);
      if (change !== null) witness.apply(change);
    }
    return from + whole;
  } finally {
    closeSync(file);
  }
}

/**
 * What is surely there when the first `sure` bytes were written, and what was asked for by `asked` may have happened:
 * nothing that those lines give up is missed.
 */
export function sureAt(path: string, sure: number, asked: number): Witness {
  const bytes = readFileSync(path);
  const witness = new Witness();
  const changesIn = (from: number, to: number): WitnessChange[] =>
    bytes
      .subarray(from, to)
      .toString()
      .split("\n")
      .flatMap((line) => changeOf(line) ?? []);
  for (const change of changesIn(0, sure)) witness.apply(change);
  for (const change of changesIn(sure, asked)) {
    if (change.is === "leaving") witness.apply(change);
    if (change.is === "mark") witness.apply({ is: "mark", event: change.event });
    if (change.is === "zones") witness.apply({ is: "zones", text: null });
  }
  return witness;
}

function changeOf(line: string): WitnessChange | null {
  if (!line.startsWith("{") || !line.endsWith("}")) return null;
  try {
    return JSON.parse(line) as WitnessChange;
  } catch {
    return null; // half of one, ended by who came after
  }
}
