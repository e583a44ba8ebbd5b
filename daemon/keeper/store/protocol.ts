/**
 * Protocol: what the main thread asks of the store's worker, and what comes back.
 *
 * One question at a time is answered, in order.
 */
import type { QuestionOf } from "../asked-thread.ts";
import type { DataPaths } from "../../wire/paths.ts";
import type { Change } from "./change.ts";
import type { Removal, Removed, RemovedMany } from "./remove-events.ts";
import type { Opened } from "./disk.ts";
import type { Retention } from "../retention.ts";
import type { Swept, SweepInput } from "./sweep.ts";

/** Question by name: what it takes and what it answers. */
export interface Questions {
  open: { ask: { paths: DataPaths; wallMs: number }; answer: Opened };
  commit: { ask: { changes: readonly Change[] }; answer: null };
  removeEvent: { ask: { id: string }; answer: Removed };
  removeEvents: { ask: { ids: readonly string[]; removal: Removal }; answer: RemovedMany };
  due: { ask: SweepInput; answer: Retention };
  sweep: { ask: SweepInput; answer: Swept };
  /** Works without an open index. */
  removeOldestFolder: { ask: { paths: DataPaths }; answer: string | null };
  close: { ask: null; answer: null };
}
export type QuestionName = keyof Questions;

export type Question = QuestionOf<Questions>;
