/**
 * Version 1 of the trace: edges of button and PIR beside a video, and nothing else.
 *
 *   {"type":"trace","version":1,"durationMs":60000}
 *   {"atMs":1500,"line":"button","active":true}
 *
 * Its edges are what came after debounce, and a button's releases may be left out.
 */
import { z } from "zod";
import type { Moment, TraceHeader, TraceLine } from "./format.ts";

export const headerSchema1 = z.strictObject({
  type: z.literal("trace"),
  version: z.literal(1),
  durationMs: z.number().positive().optional(),
});

export const edgeSchema1 = z.strictObject({
  atMs: z.number().min(0),
  line: z.enum(["button", "pir"]),
  active: z.boolean(),
});
export type Edge1 = z.output<typeof edgeSchema1>;

function lineOf1(line: Edge1["line"]): TraceLine {
  return { line, role: line, driver: "replay", debounceMs: 0, raw: false, active: false };
}

/** As version 2 says it. */
export function headerOf1(): TraceHeader {
  const unknown = { sill: "", kernel: "", machine: "" };
  const lines = [lineOf1("button"), lineOf1("pir")];
  return { type: "trace", version: 2, ...unknown, by: "standalone", zeroNs: "0", lines };
}

export function momentOf1({ atMs, line, active }: Edge1): Moment {
  return { type: "outcome", atNs: Math.round(atMs * 1e6), line, active };
}
