/**
 * Faults: how a runner ends, in words for whoever reads the status. What it is to do about them is the hint.
 */
import { Fault } from "../../hal/fault.ts";
import { plainText } from "./plain-text.ts";

const mib = 1024 * 1024;

export function slowFault(waitedFor: string, afterMs: number): Fault {
  const what = waitedFor === "loaded" ? "the model was not read" : "the model gave no answer";
  return new Fault("timeout", `${what} within ${afterMs / 1_000} s`, {
    hint: "take a smaller model, or more time: what.timeoutMs",
  });
}

export function tooBigFault(rssBytes: number, memoryMb: number): Fault {
  return new Fault(
    "exhausted",
    `the model took ${Math.ceil(rssBytes / mib)} MB of memory; ${memoryMb} MB are allowed`,
    {
      hint: "take a smaller model, or allow more: what.memoryMb",
    },
  );
}

export interface Crash {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Its last words on standard error. */
  readonly said: string;
}

export function crashFault({ code, signal, said }: Crash): Fault {
  if (code === null && signal === null)
    return new Fault("not-found", "the model's process could not be started: setpriv is missing", {
      hint: "sudo apt-get install util-linux",
    });
  const last = plainText(said.split("\n").findLast((line) => /error|cannot|fatal/iu.test(line)) ?? "");
  const why = last === "" ? "" : ` (${last})`;
  return new Fault("unavailable", `the model's process ended: ${signal ?? `exit ${code}`}${why}`, {
    hint: "it is started again by itself; if it keeps on, sill models check NAME, or another what.model",
  });
}

export function senselessFault(cause: unknown): Fault {
  return new Fault("corrupt", "the model's process answered what cannot be read", { cause });
}

/** What onnxruntime itself refused; the runner goes on. */
export function refusedFault(message: string): Fault {
  if (/allocat|bad_alloc|out of memory/iu.test(message))
    return new Fault("exhausted", `the model asked for more memory than it may have (${message})`, {
      hint: "take a smaller model, or allow more: what.memoryMb",
    });
  return new Fault("invalid", `onnxruntime does not run the model: ${message}`, {
    hint: "export it again, or take another: docs/models.md",
  });
}
