/**
 * Faults: how a runner ends, in words for whoever reads the status. What it is to do about them is the hint.
 */
import { Fault, systemCode, toFault } from "../../hal/fault.ts";
import { mostAnswerBytes } from "../runtime-limits.ts";
import type { End } from "./child.ts";
import { plainText } from "./plain-text.ts";

const mib = 1024 * 1024;
const smallerOrMore = "take a smaller model, or allow more: what.memoryMb";
const noMemory = /out of memory|bad_alloc|cannot allocate memory/iu;

export function slowFault(waitedFor: string, afterMs: number): Fault {
  const isReading = waitedFor === "loaded";
  const what = isReading ? "the model was not read" : "the model gave no answer";
  return new Fault("timeout", `${what} within ${afterMs / 1_000} s`, {
    hint: isReading ? "take a smaller model" : "take a smaller model, or more time: what.timeoutMs",
  });
}

export function tooBigFault(rssBytes: number, memoryMb: number): Fault {
  return new Fault(
    "exhausted",
    `the model took ${Math.ceil(rssBytes / mib)} MB of memory; ${memoryMb} MB are allowed`,
    { hint: smallerOrMore },
  );
}

/** It never began. */
export function startFault(error: unknown): Fault {
  if (systemCode(error) === "ENOENT")
    return new Fault("not-found", "the model's process could not be started: setpriv is missing", {
      hint: "sudo apt-get install util-linux",
    });
  const { kind, message } = toFault(error, "the model's process could not be started");
  return new Fault(kind === "bug" ? "unavailable" : kind, message, {
    hint: "it is started again by itself; if it keeps on, this machine has too little left for it",
    cause: error,
  });
}

export function crashFault({ code, signal, said }: Pick<End, "code" | "signal" | "said">): Fault {
  if (noMemory.test(said))
    return new Fault("exhausted", "the model's process wanted more memory than it may have", {
      hint: smallerOrMore,
    });
  const last = plainText(said.split("\n").findLast((line) => /error|cannot|fatal/iu.test(line)) ?? "");
  const why = last === "" ? "" : ` (${last})`;
  return new Fault("unavailable", `the model's process ended: ${signal ?? `exit ${code}`}${why}`, {
    hint: "it is started again by itself; if it keeps on, sill models check NAME, or another what.model",
  });
}

export function noisyFault(): Fault {
  return new Fault("corrupt", "the model's process complains without end", { hint: "take another model" });
}

export function senselessFault(cause: unknown): Fault {
  return new Fault("corrupt", "the model's process answered what cannot be read", { cause });
}

/** Of an answer whose size no file tells beforehand: said by the runner, and to who waits. */
export function tooLongFault(bytes: number): Fault {
  return new Fault("invalid", `an answer of ${bytes} bytes; at most ${mostAnswerBytes} are read`, {
    hint: "export the model for a smaller picture",
  });
}

/** What onnxruntime itself refused; the runner goes on. */
export function refusedFault(message: string): Fault {
  if (/allocat|bad_alloc|out of memory/iu.test(message))
    return new Fault("exhausted", `the model asked for more memory than it may have (${message})`, {
      hint: smallerOrMore,
    });
  const [, bytes] = /^an answer of (\d{1,15}) bytes; /u.exec(message) ?? [];
  if (bytes !== undefined) return tooLongFault(Number(bytes));
  return new Fault("invalid", `onnxruntime does not run the model: ${message}`, {
    hint: "export it again, or take another: docs/models.md",
  });
}
