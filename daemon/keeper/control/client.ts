/**
 * Client: one command at the control socket, from its question to the last line that it gets.
 *
 * What streams is dropped and counted while more than maxWaitingBytes wait for a reader who does not read,
 * and the gap is told where it was; what ends the answer always goes out.
 */
import type { Socket } from "node:net";
import { toFault } from "../../../hal/fault.ts";
import {
  controlAskSchema,
  maxAskBytes,
  maxWaitingBytes,
  type ControlAsk,
  type ControlLine,
} from "../../wire/control.ts";
import { TextLines } from "../../wire/text-lines.ts";
import { Fault } from "../../../hal/fault.ts";

export interface ControlCounts {
  in: number;
  out: number;
  dropped: number;
}

/** Where the answer goes. */
export interface Asker {
  /** One line of a stream; dropped when the reader is behind. */
  readonly tell: (line: ControlLine) => void;
  /** One line that must arrive: what an answer is about. */
  readonly say: (line: ControlLine) => void;
  /** Aborted when the command has gone, or wants no more than what is known by now. */
  readonly signal: AbortSignal;
}

/** Answers a question; resolves when everything is said. */
export type Answer = (ask: ControlAsk, asker: Asker) => Promise<void>;

export function serveClient(socket: Socket, answer: Answer, counts: ControlCounts): void {
  const gone = new AbortController();
  const lines = new TextLines(maxAskBytes);
  let asked = false;
  let left = 0;
  const say = (line: ControlLine): void => {
    if (socket.destroyed) return;
    socket.write(`${JSON.stringify(line)}\n`);
    counts.out += 1;
  };
  const tell = (line: ControlLine): void => {
    if (socket.writableLength > maxWaitingBytes) {
      left += 1;
      counts.dropped += 1;
      return;
    }
    if (left > 0) say({ type: "dropped", count: left });
    left = 0;
    say(line);
  };
  const end = (line: ControlLine): void => {
    say(line);
    socket.end();
  };
  const fail = (error: unknown): void => end(faultLine(toFault(error)));
  const begin = async (text: string): Promise<void> => {
    counts.in += 1;
    try {
      await answer(parseAsk(text), { tell, say, signal: gone.signal });
      end({ type: "done" });
    } catch (error) {
      fail(error);
    }
  };
  socket.on("error", () => {}); // "close" follows
  socket.on("close", () => gone.abort());
  // takes its question back, and still reads what is known by now
  socket.on("end", () => {
    gone.abort();
    if (!asked) socket.end();
  });
  socket.on("data", (bytes: Buffer) => {
    if (asked) return; // one question for each connection
    try {
      const [first] = lines.take(bytes);
      if (first === undefined) return;
      asked = true;
      void begin(first);
    } catch (error) {
      asked = true;
      fail(error);
    }
  });
}

function parseAsk(text: string): ControlAsk {
  try {
    const ask = controlAskSchema.safeParse(JSON.parse(text));
    if (ask.success) return ask.data;
  } catch {
    // not JSON: the same answer
  }
  throw new Fault("invalid", "the running doorbell does not know this question", {
    hint: "command and doorbell may be of different versions: restart the doorbell",
  });
}

export function faultLine({ kind, message, hint }: Fault): ControlLine {
  const cut = (words: string): string => words.slice(0, 500);
  return { type: "fault", kind, message: cut(message), ...(hint === undefined ? {} : { hint: cut(hint) }) };
}
