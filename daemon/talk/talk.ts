/**
 * Talk: the process that speaks WebRTC with browsers, and with nobody else.
 *
 *   node talk.ts        frames (daemon/wire/call-frames.ts) on standard input and output
 *
 * A process of its own, because a native library reads what strangers send; the keeper starts it with the first call
 * and ends it, by ending its input, after the last. It opens no file and asks for nothing by itself.
 */
import nodeDataChannel from "node-datachannel";
import { toFault } from "../../hal/fault.ts";
import { encodeFrame, encodeWords, FrameReader, type CallFrame } from "../wire/call-frames.ts";
import type { TalkOrder, TalkReport } from "../wire/call.ts";
import { decodeLive, type LiveUnit } from "../wire/live.ts";
import { Peer } from "./peer.ts";
import { parameterSets } from "./units.ts";

/** So long an answer waits for the first live unit, which names the profile. */
const profileWaitMs = 300;

interface Call {
  peer: Peer | null;
  /** What came before the peer was made. */
  readonly early: LiveUnit[];
  open: (() => void) | null;
}

const calls = new Map<number, Call>();

function report(call: number, words: TalkReport): void {
  process.stdout.write(encodeWords(call, words));
}

function end(number: number, why: string): void {
  const call = calls.get(number);
  if (call === undefined) return;
  calls.delete(number);
  call.open = null; // one that waits for the picture's profile makes no peer any more
  call.peer?.close();
  report(number, { type: "ended", why: why.slice(0, 200) });
}

function begin(number: number, { offer, bindAddress }: Extract<TalkOrder, { type: "offer" }>): void {
  const call: Call = { peer: null, early: [], open: null };
  calls.set(number, call);
  const open = (): void => {
    if (call.open === null) return;
    call.open = null;
    clearTimeout(timer);
    const init = call.early.find(({ kind }) => kind === "init");
    try {
      call.peer = new Peer({
        offer,
        bindAddress,
        profileLevelId: init === undefined ? null : parameterSets(init.payload).profileLevelId,
        onAnswer: (sdp) => report(number, { type: "answer", sdp }),
        onConnected: () => report(number, { type: "connected" }),
        onEnded: (why) => end(number, why),
        onSound: (bytes) => process.stdout.write(encodeFrame({ kind: "sound", call: number, bytes })),
      });
      for (const unit of call.early.splice(0)) call.peer.unit(unit);
    } catch (error) {
      end(number, toFault(error).message);
    }
  };
  call.open = open;
  const timer = setTimeout(open, profileWaitMs);
}

function forget(number: number): void {
  const call = calls.get(number);
  call?.early.splice(0);
  call?.peer?.forget();
}

function take({ kind, call: number, bytes }: CallFrame): void {
  if (kind === "words") {
    const order = JSON.parse(Buffer.from(bytes).toString()) as TalkOrder; // the keeper's own
    if (order.type === "over") return forget(number);
    return order.type === "offer" ? begin(number, order) : end(number, "hung up");
  }
  const call = calls.get(number);
  if (call === undefined) return;
  if (kind === "sound") return call.peer?.sound(bytes);
  const unit = decodeLive(bytes);
  if (call.peer !== null) return call.peer.unit(unit);
  call.early.push(unit);
  call.open?.();
}

if (import.meta.main) {
  nodeDataChannel.initLogger("Fatal", (_level, message) => process.stderr.write(`${message}\n`));
  const reader = new FrameReader();
  process.stdout.on("error", () => process.exit(0)); // the keeper is gone
  process.stdin.on("data", (data: Buffer) => {
    for (const frame of reader.take(data)) take(frame);
  });
  process.stdin.on("end", () => {
    for (const { peer } of calls.values()) peer?.close();
    process.exit(0);
  });
}
