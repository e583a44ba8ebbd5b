/**
 * Ask house: a command's end of the control socket of a running doorbell.
 */
import { connect } from "node:net";
import type { ZodType } from "zod";
import { systemClock } from "../../hal/clock.ts";
import { Fault, faultKinds, toFault } from "../../hal/fault.ts";
import { controlLineSchema, type ControlAsk, type ControlLine } from "../wire/control.ts";
import { answersAt } from "../wire/own-socket.ts";
import type { DataPaths } from "../wire/paths.ts";
import { TextLines } from "../wire/text-lines.ts";

const schema: ZodType<ControlLine> = controlLineSchema;
/** A report with its waveforms is the longest. */
const maxLineChars = 4 * 1024 * 1024;
/** What is known is told at once; a doorbell that hangs is not waited for. */
const lastWordMs = 10_000;

/** Does a doorbell run on this data folder? Throws Fault `denied` when that is another user's to ask. */
export async function houseRuns({ controlSocket, root }: DataPaths): Promise<boolean> {
  try {
    return await answersAt(controlSocket);
  } catch (error) {
    throw new Fault("denied", `the doorbell on ${root} runs as another user`, {
      hint: "ask as that user or with sudo; with the package, as a member of the group sill too",
      cause: error,
    });
  }
}

export interface AskOptions {
  readonly onLine: (line: ControlLine) => void;
  /** Gives up; the answer so far stands. */
  readonly signal?: AbortSignal;
  /** When given up, what the house knows by then is still waited for. */
  readonly hearOut?: boolean;
}

/** Resolves after the last line, or when given up. Throws Fault: as the house says, or `unavailable`. */
export function askHouse(paths: DataPaths, ask: ControlAsk, options: AskOptions): Promise<void> {
  const { onLine, signal, hearOut = false } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({ path: paths.controlSocket });
    const lines = new TextLines(maxLineChars);
    let cancel = (): void => {};
    const finish = (error?: unknown): void => {
      cancel();
      signal?.removeEventListener("abort", giveUp);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(toFault(error, "cannot ask the running doorbell"));
    };
    const giveUp = (): void => {
      if (!hearOut || socket.readyState !== "open") return finish();
      socket.end();
      cancel = systemClock.after(lastWordMs, () => finish());
    };
    const take = (line: ControlLine): void => {
      if (line.type === "done") return finish();
      if (line.type === "fault") return finish(faultOf(line));
      onLine(line);
    };
    if (signal?.aborted === true) return giveUp();
    signal?.addEventListener("abort", giveUp, { once: true });
    socket.on("connect", () => socket.write(`${JSON.stringify(ask)}\n`));
    socket.on("data", (bytes: Buffer) => {
      try {
        for (const text of lines.take(bytes)) if (!socket.destroyed) take(lineOf(text));
      } catch (error) {
        finish(error);
      }
    });
    socket.on("error", finish);
    socket.on("close", () =>
      finish(
        new Fault("unavailable", "the doorbell ended before it had answered", { hint: "start it again" }),
      ),
    );
  });
}

function lineOf(text: string): ControlLine {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Fault("invalid", "the running doorbell answers what this command does not know", {
      hint: "command and doorbell may be of different versions: restart the doorbell",
      cause: error,
    });
  }
}

function faultOf({ kind, message, hint }: Extract<ControlLine, { type: "fault" }>): Fault {
  return new Fault(faultKinds.find((known) => known === kind) ?? "unavailable", message, { hint });
}
