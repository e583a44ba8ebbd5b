/**
 * Bus: what went wrong inside a pipeline, as a Fault.
 *
 * GStreamer's errors are (domain, code) pairs; one table turns them into our few kinds. Texts of
 * elements may contain addresses with passwords, so user and password are cut out of them, and the
 * long debug text is only looked at, never passed on.
 */
import koffi from "koffi";
import { Fault, type FaultKind } from "../fault.ts";
import { plainFault } from "./camera-faults.ts";
import { gstInstallHint } from "./lib.ts";
import type { Gst, Nullable, Out, Pointer } from "./bindings.ts";
import { errorLayout } from "./structs.ts";

export interface BusError {
  /** "core", "library", "resource" or "stream". */
  readonly domain: string;
  readonly code: number;
  readonly text: string;
  readonly debug: string;
}

/** Who failed, for the message, and whether broken data can be blamed on a file. */
export interface Blame {
  readonly name: string;
  readonly live: boolean;
  /** Of the file or device. */
  readonly path?: string;
}

const kinds: Readonly<Record<string, Readonly<Record<number, FaultKind>>>> = {
  core: { 10: "invalid", 7: "invalid", 12: "not-found" },
  library: {},
  resource: { 3: "not-found", 13: "invalid", 14: "exhausted", 15: "denied" },
  stream: {
    1: "corrupt",
    4: "corrupt",
    5: "corrupt",
    6: "not-found",
    7: "corrupt",
    9: "corrupt",
    11: "corrupt",
    12: "denied",
    13: "denied",
  },
};

/** First error waiting on the bus, or null. Drops every other message, so the bus stays empty. */
export function popError(gst: Gst, bus: Pointer): BusError | null {
  const errorType = 1 << 1;
  const message = gst.busPop(bus, errorType);
  if (message === null) return null;
  const [error, debug]: [Out<Nullable>, Out<Nullable>] = [[null], [null]];
  gst.messageParseError(message, error, debug);
  const read = error[0] === null ? null : readError(gst, error[0]);
  const text = debug[0] === null ? "" : koffi.decode.string(debug[0]);
  if (debug[0] !== null) gst.free(debug[0]);
  gst.miniUnref(message);
  return { domain: "core", code: 1, text: "unknown error", ...read, debug: text };
}

/** Reads and frees a GError. */
export function readError(gst: Gst, error: Pointer): Omit<BusError, "debug"> {
  const quark = gst.quarkName(koffi.decode.uint32(error + BigInt(errorLayout.domain))) ?? "";
  const code = koffi.decode.int32(error + BigInt(errorLayout.code));
  const text: unknown = koffi.decode(error + BigInt(errorLayout.message), "char *");
  gst.errorFree(error);
  return { domain: /^gst-(\w+)-error/.exec(quark)?.[1] ?? "core", code, text: String(text) };
}

export function faultOfError(error: BusError, { name, live, path }: Blame): Fault {
  const plain = live ? plainFault(error, name, path) : null;
  if (plain !== null) return plain;
  const said = `${name}: ${sentence(error.text)}`;
  if (error.debug.includes("not-negotiated"))
    return new Fault("invalid", `${name}: the source does not offer this size, rate or pixel format`, {
      hint: "choose a size and rate that the camera offers",
    });
  // decodebin asks for every decoder it lacks, also when there is no picture to decode at all.
  if (!live && /Missing decoder: /.test(error.debug) && !/\((video|image)\//.test(error.debug))
    return new Fault("corrupt", `${name}: holds no picture`, { hint: "give a video file" });
  const kind = kinds[error.domain]?.[error.code] ?? "unavailable";
  if (kind === "not-found" && error.domain !== "resource")
    return new Fault(kind, said, { hint: gstInstallHint() });
  // A camera's stream breaks when the camera does; only a file holds broken data.
  const blamed = kind === "corrupt" && live ? "unavailable" : kind;
  return new Fault(blamed, said, { hint: hints[blamed] });
}

const hints: Partial<Record<FaultKind, string>> = {
  corrupt: "the file is damaged or not a video; try `ffprobe` on it",
  "not-found": "check the name with `sill hal list`",
  denied: "check the user name and password, or the rights to the device",
  unavailable: "check that the camera is connected and used by nobody else",
};

/** An element's text in our style: one lower-case sentence, no credentials, no trailing dot. */
export function sentence(text: string): string {
  const clean = redact(text).trim().replace(/\s+/g, " ").replace(/\.$/, "");
  return clean.charAt(0).toLowerCase() + clean.slice(1);
}

export function redact(text: string): string {
  return text.replace(/\/\/[^/\s]*@/g, "//");
}
