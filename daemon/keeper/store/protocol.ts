/**
 * Protocol: what the main thread asks of the store's worker, and what comes back.
 *
 * One question at a time is answered in order; each answer carries the question's number.
 * Faults travel as plain fields, because a class does not survive the way between threads.
 */
import { Fault, type FaultKind } from "../../../hal/fault.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { Change } from "./change.ts";
import type { Removed } from "./deletion.ts";
import type { Opened } from "./disk.ts";
import type { Retention } from "../retention.ts";
import type { Swept, SweepInput } from "./sweep.ts";

/** Question by name: what it takes and what it answers. */
export interface Questions {
  open: { ask: { paths: DataPaths; wallMs: number }; answer: Opened };
  commit: { ask: { changes: readonly Change[] }; answer: null };
  removeEvent: { ask: { id: string }; answer: Removed };
  due: { ask: SweepInput; answer: Retention };
  sweep: { ask: SweepInput; answer: Swept };
  /** Works without an open index. */
  removeOldestFolder: { ask: { paths: DataPaths }; answer: string | null };
  close: { ask: null; answer: null };
}
export type QuestionName = keyof Questions;

export type Question = {
  [Name in QuestionName]: {
    readonly number: number;
    readonly name: Name;
    readonly ask: Questions[Name]["ask"];
  };
}[QuestionName];

export interface PlainFault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly hint: string | undefined;
}

export type Answer =
  | { readonly number: number; readonly value: Questions[QuestionName]["answer"] }
  | { readonly number: number; readonly fault: PlainFault };

export function plainFault({ kind, message, hint }: Fault): PlainFault {
  return { kind, message, hint };
}

export function faultOf({ kind, message, hint }: PlainFault): Fault {
  return new Fault(kind, message, { hint });
}
