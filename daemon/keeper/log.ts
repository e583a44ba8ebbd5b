/**
 * Log: one JSON object per line on standard output; words where that is a terminal, or systemd's journal.
 *
 * Written in the background and bounded: a reader that stalls or a full disk costs log lines, never a press.
 * What is logged: states, counts and faults; never frame contents, keys or places.
 */
import { fstatSync } from "node:fs";
import { pino, type Logger } from "pino";
import type { Settings } from "../../config/schema.ts";
import type { Fault } from "../../hal/fault.ts";
import { logLines } from "./log-lines.ts";
import { journalWords, logWords } from "./log-words.ts";

export type { Logger };

const maxWaitingChars = 1024 * 1024;

export function openLog(settings: Settings): Logger {
  const out = logLines(1, maxWaitingChars);
  process.once("exit", () => out.flush());
  const words = process.stdout.isTTY ? logWords : isJournal() ? journalWords : null;
  const lines = words === null ? out : { write: (line: string) => out.write(words(line)) };
  return pino({ level: settings.log.level, base: { process: "keeper" } }, lines);
}

/** systemd names the device and inode of what it gave; a redirection away from it has others. */
function isJournal(): boolean {
  const { dev, ino } = fstatSync(1);
  return process.env["JOURNAL_STREAM"] === `${dev}:${ino}`;
}

/** A fault as fields; the cause stays out, it may name anything. */
export function faultFields(fault: Fault): { fault: { kind: string; message: string; hint?: string } } {
  const { kind, message, hint } = fault;
  return { fault: { kind, message, ...(hint === undefined ? {} : { hint }) } };
}
