import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTrace, parseTrace, readTrace, traceMaxBytes, tracePath } from "../../../hal/replay/trace.ts";
import { edge, writeTraceText } from "./rigs.ts";

const header = '{"type":"trace","version":1}\n';
const press = '{"atMs":1500,"line":"button","active":true}\n';

const edges = fc
  .array(fc.tuple(fc.nat(5_000), fc.constantFrom("button" as const, "pir" as const), fc.boolean()))
  .map((steps) => {
    let atMs = 0;
    return steps.map(([gapMs, line, active]) => edge((atMs += gapMs), line, active));
  });

test("any trace comes back as it was written", () => {
  fc.assert(
    fc.property(edges, fc.option(fc.integer({ min: 1, max: 1e9 })), (wanted, durationMs) => {
      const text = formatTrace(wanted, durationMs ?? undefined);
      expect(parseTrace(text)).toEqual({ durationMs, edges: wanted, cutLines: 0, lines: ["button", "pir"] });
    }),
  );
});

test("a trace cut anywhere gives its whole lines, and counts the half one", () => {
  fc.assert(
    fc.property(edges, fc.double({ min: 0, max: 1, noNaN: true }), (all, frac) => {
      const text = formatTrace(all);
      const cut = text.slice(0, Math.max(header.length, Math.round(text.length * frac)));
      const { edges: got, cutLines } = parseTrace(cut);
      const lines = cut.split("\n");
      const unended = lines.at(-1) !== "" && !lines.at(-1)?.endsWith("}");
      expect(cutLines).toBe(unended ? 1 : 0);
      expect(got).toEqual(all.slice(0, got.length));
      expect(got.length).toBe(lines.filter((line) => line.endsWith("}")).length - 1);
    }),
  );
});

test.each([
  ["a last line without its newline", header + press.trim(), 1],
  ["Windows line ends", (header + press).replaceAll("\n", "\r\n"), 1],
  ["no edges", header, 0],
  ["two edges at one time", header + press + press, 2],
])("%s is fine", (_, text, count) => {
  expect(parseTrace(text)).toMatchObject({ cutLines: 0, edges: { length: count } });
});

test.each([
  ["an empty file", "", "corrupt", /line 1: .*header/],
  ["half a header", '{"type":"tra', "corrupt", /line 1: .*header/],
  ["no header", press, "invalid", /line 1:/],
  ["a later version", '{"type":"trace","version":2}\n', "invalid", /line 1: version/],
  ["an unknown key in the header", '{"type":"trace","version":1,"x":1}\n', "invalid", /line 1:.*"x"/],
  ["garbage in the middle", `${header}garbage\n${press}`, "corrupt", /line 2: not JSON/],
  ["an empty line in the middle", `${header}\n${press}`, "corrupt", /line 2: not JSON/],
  ["garbage in a whole last line", `${header}${press}{"atMs"\n`, "corrupt", /line 3: not JSON/],
  ["another line", `${header}{"atMs":1,"line":"bell","active":true}\n`, "invalid", /line 2: line/],
  ["a negative time", `${header}{"atMs":-1,"line":"pir","active":true}\n`, "invalid", /line 2: atMs/],
  ["an unknown key", `${header}{"atMs":1,"line":"pir","active":true,"x":1}\n`, "invalid", /line 2:.*"x"/],
  ["a time that goes back", `${header}${press}${press.replace("1500", "1499")}`, "invalid", /line 3: atMs/],
])("%s is a Fault that names the line", (_, text, kind, message) => {
  expect(() => parseTrace(text)).toThrow(message);
  expect(() => parseTrace(text)).toThrow(expect.objectContaining({ name: "Fault", kind }));
});

test("a file too large to be a trace is refused unread", async () => {
  await using folder = await writeTraceText(new Uint8Array(traceMaxBytes + 1));
  await expect(readTrace(tracePath(folder.video))).rejects.toMatchObject({ kind: "exhausted" });
});

test("a broken file is named with its line", async () => {
  await using folder = await writeTraceText(`${header}nonsense\n`);
  const fault = await readTrace(tracePath(folder.video)).catch((error: unknown) => error);
  expect(fault).toMatchObject({ kind: "corrupt", message: expect.stringMatching(/trace\.jsonl: line 2/) });
});
