/**
 * Worker: the thread that waits for the disk, so that a press never does.
 *
 * A commit with synchronous=FULL takes as long as the card takes (tens of milliseconds on a slow
 * one); here nobody else waits for it. After `corrupt` the next question opens a fresh index.
 */
import { parentPort } from "node:worker_threads";
import { Fault, toFault } from "../../../hal/fault.ts";
import { removeOldestFolder } from "./deletion.ts";
import { Disk } from "./disk.ts";
import { plainFault, type Answer } from "../asked-thread.ts";
import { isFsyncFault } from "./sqlite-faults.ts";
import type { Question, QuestionName, Questions } from "./protocol.ts";

let disk: Disk | null = null;
let isDistrusted = false;

function opened(): Disk {
  if (disk === null) throw new Fault("unavailable", "the index is not open");
  return disk;
}

function close(): void {
  const closing = disk;
  disk = null;
  closing?.close();
}

/** `movedTo` also tells of an index that was given up for its disk. */
function reopen({ paths, wallMs }: Questions["open"]["ask"]): Questions["open"]["answer"] {
  const abandoned = isDistrusted ? (disk?.abandon(wallMs) ?? null) : null;
  if (abandoned !== null) disk = null;
  isDistrusted = false;
  close();
  disk = new Disk(paths, wallMs);
  return { ...disk.opened, movedTo: disk.opened.movedTo ?? abandoned };
}

function answer(question: Question): Questions[QuestionName]["answer"] {
  switch (question.name) {
    case "open":
      return reopen(question.ask);
    case "commit":
      opened().commit(question.ask.changes);
      return null;
    case "removeEvent":
      return opened().removeEvent(question.ask.id);
    case "removeEvents":
      return opened().removeEvents(question.ask.ids, question.ask.removal);
    case "due":
      return opened().due(question.ask);
    case "sweep":
      return opened().sweep(question.ask);
    case "removeOldestFolder":
      return removeOldestFolder(question.ask.paths);
    case "close":
      close();
      return null;
  }
}

function reply(question: Question): Answer {
  try {
    return { number: question.number, value: answer(question) };
  } catch (error) {
    const fault = toFault(error);
    isDistrusted ||= isFsyncFault(fault);
    return { number: question.number, fault: plainFault(fault) };
  }
}

parentPort?.on("message", (question: Question) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(reply(question));
});
