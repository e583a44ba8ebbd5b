/**
 * Level: what GStreamer's `level` element says on the bus, as one number.
 *
 * Its message is read as text: `rms` is a list of decibels, one per channel. Sound itself never gets here.
 */
import koffi from "koffi";
import { silenceDb } from "../microphone.ts";
import type { Gst, Nullable, Out, Pointer } from "./bindings.ts";
import { faultOfError, readError, type Blame } from "./bus.ts";
import type { Fault } from "../fault.ts";

const [errorType, elementType] = [1 << 1, 1 << 15];

/** The next level or the Fault that ended it; null when there is nothing new. */
export function popLevel(gst: Gst, bus: Pointer, blame: Blame): number | Fault | null {
  for (;;) {
    const message = gst.busPop(bus, errorType | elementType);
    if (message === null) return null;
    try {
      const level = levelIn(textOf(gst, message));
      if (level !== null) return level;
      const fault = faultIn(gst, message, blame);
      if (fault !== null) return fault;
    } finally {
      gst.miniUnref(message);
    }
  }
}

function textOf(gst: Gst, message: Pointer): string {
  const structure = gst.messageStructure(message);
  const text = structure === null ? null : gst.structureText(structure);
  if (text === null) return "";
  const copy = koffi.decode.string(text);
  gst.free(text);
  return copy;
}

/** The loudest channel; null = this is no message of `level`. */
export function levelIn(text: string): number | null {
  if (!text.startsWith("level,")) return null;
  const list = /\brms=\([^)]*\)[<{]([^>}]*)[>}]/u.exec(text)?.[1] ?? "";
  const channels = list.split(",").map((each) => Number.parseFloat(each.replace(/\([^)]*\)/u, "").trim()));
  const known = channels.filter((db) => !Number.isNaN(db));
  return Math.min(0, Math.max(silenceDb, ...known));
}

function faultIn(gst: Gst, message: Pointer, blame: Blame): Fault | null {
  const [error, debug]: [Out<Nullable>, Out<Nullable>] = [[null], [null]];
  gst.messageParseError(message, error, debug);
  const text = debug[0] === null ? "" : koffi.decode.string(debug[0]);
  if (debug[0] !== null) gst.free(debug[0]);
  return error[0] === null ? null : faultOfError({ ...readError(gst, error[0]), debug: text }, blame);
}
