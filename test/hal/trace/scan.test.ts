/**
 * Reading a trace: cut anywhere, damaged anywhere, of another version, or another kind of file.
 */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "../../../hal/fault.ts";
import { maxLineBytes, type Moment } from "../../../hal/trace/format.ts";
import { scanTrace, type TraceEnding } from "../../../hal/trace/scan.ts";
import { TraceWriter } from "../../../hal/trace/writer.ts";
import { buttonLine, chunksOf, headerOf, traceOf } from "./rigs.ts";

const moments: Moment[] = [
  { type: "edge", atNs: 1_000, line: "button", active: true },
  { type: "edge", atNs: 2_000, line: "pir", active: true, stamp: "process" },
  { type: "frame", atNs: 3_000, sequence: 0, ptsUs: 0, dropped: 0 },
  { type: "camera", atNs: 3_500, state: "running", width: 1_280, height: 720, fps: 15 },
  { type: "value", atNs: 4_000, sensor: "temperature", value: 51.2, unit: "celsius" },
  { type: "output", atNs: 5_000, line: "pir", active: true },
  { type: "wall", atNs: 6_000, stepMs: -3_600_000 },
  { type: "lost", atNs: 7_000, line: "button", fault: "unavailable" },
  { type: "opened", atNs: 8_000, line: "button", active: false },
  { type: "missed", atNs: 9_500, line: "pir", count: 3 },
  { type: "left", atNs: 9_600, count: 7 },
  { type: "outcome", atNs: 1_000, line: "button", active: true },
];

async function scan(bytes: Uint8Array): Promise<{ seen: Moment[]; ending: TraceEnding }> {
  const seen: Moment[] = [];
  const ending = await scanTrace(chunksOf(bytes, 50 + bytes.length / 100), {
    onHeader: () => {},
    onMoment: (moment) => seen.push(moment),
  });
  return { seen, ending };
}

async function faultOf(bytes: Uint8Array): Promise<Fault | null> {
  return scan(bytes).then(
    () => null,
    (error: unknown) => (error instanceof Fault ? error : Promise.reject(error as Error)),
  );
}

test("what was written is read, and the closing record agrees", async () => {
  const { seen, ending } = await scan(traceOf(moments));
  expect(seen).toEqual(moments);
  expect(ending).toMatchObject({ version: 2, state: "complete", reason: "asked", moments: 12, lastNs: 10e9 });
});

test("cut after any byte, it gives what is whole, or says that its header is not", async () => {
  const whole = traceOf(moments);
  const header = whole.indexOf(10);
  const ends = [...whole.entries()].flatMap(([at, byte]) => (byte === 10 ? [at] : []));
  for (let length = 1; length < whole.length - 1; length += 1) {
    const cut = whole.subarray(0, length);
    if (length < header) {
      expect((await faultOf(cut))?.message).toMatch(/header/u);
      continue;
    }
    const { seen, ending } = await scan(cut);
    // a last line that lacks nothing but its newline counts
    expect(seen).toEqual(moments.slice(0, ends.filter((end) => end <= length).length - 1));
    expect(ending.state).toBe("cut");
  }
});

test("any byte changed is noticed", async () => {
  const whole = traceOf(moments);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 2), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8((damaged[at] ?? 0) ^ flip, at);
      const fault = await faultOf(damaged);
      expect(fault?.kind).toMatch(/corrupt|invalid/u);
    }),
    { numRuns: 400 },
  );
});

test("a line taken out, put in or moved is noticed", async () => {
  const lines = traceOf(moments).toString().split("\n");
  const variants = [
    [...lines.slice(0, 3), ...lines.slice(4)],
    [...lines.slice(0, 3), lines[2], ...lines.slice(3)],
    [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)],
    [...lines.slice(0, -1), lines[2], ""],
  ];
  for (const variant of variants) {
    expect((await faultOf(Buffer.from(variant.join("\n"))))?.kind).toBe("corrupt");
  }
});

test.each([
  ["an empty file", Buffer.alloc(0), /no trace: the file is empty/u],
  ["a picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), /no trace: it does not begin with a header/u],
  ["other JSON", Buffer.from('{"type":"event"}\n'), /no trace: it does not begin with a header/u],
  ["a list", Buffer.from("[1,2]\n"), /no trace/u],
  ["null", Buffer.from("null\n"), /no trace/u],
  [
    "a number of no version",
    Buffer.from('{"type":"trace","version":"2"}\n'),
    /no trace: its version is "2"/u,
  ],
  ["a video", Buffer.alloc(maxLineBytes + 1, 7), /line 1 is longer than 262144 bytes: this is no trace/u],
  ["a packed trace", gzipSync(traceOf(moments)), /no trace/u],
])("%s is told as what it is not", async (_, bytes, words) => {
  const fault = await faultOf(bytes);
  expect([fault?.kind, fault?.message]).toEqual(["invalid", expect.stringMatching(words)]);
});

test("a newer version is told with what to do", async () => {
  const fault = await faultOf(Buffer.from('{"type":"trace","version":3,"shape":"new"}\n'));
  expect(fault).toMatchObject({
    kind: "invalid",
    message: "this trace has version 3; this Sill reads 1 and 2",
    hint: "update Sill, or ask for the trace to be recorded with this version",
  });
});

test("a moment of a line that the header does not name is refused by its number", async () => {
  const whole = traceOf([{ type: "edge", atNs: 1, line: "doorknob", active: true }]);
  expect((await faultOf(whole))?.message).toBe('line 2: the header does not name the line "doorknob"');
});

test("version 1 is read as outcomes without edges", async () => {
  const text =
    '{"type":"trace","version":1,"durationMs":60000}\n{"atMs":1500,"line":"button","active":true}\n{"at';
  const { seen, ending } = await scan(Buffer.from(text));
  expect(seen).toEqual([{ type: "outcome", atNs: 1.5e9, line: "button", active: true }]);
  expect(ending).toMatchObject({ version: 1, state: "open", durationMs: 60_000, leftBytes: 4 });
});

test("at the limit of bytes nothing more is taken, and the end still fits", async () => {
  const parts: Uint8Array[] = [];
  const writer = new TraceWriter(headerOf(buttonLine), {
    append: (part) => parts.push(part),
    maxBytes: 4_096,
  });
  let taken = 0;
  while (writer.write({ type: "edge", atNs: taken, line: "button", active: taken % 2 === 0 })) taken += 1;
  expect([writer.full, writer.write({ type: "left", atNs: 0, count: 1 })]).toEqual([true, false]);
  writer.end({ atNs: taken, reason: "full" });
  writer.end({ atNs: 0, reason: "asked" });
  const bytes = Buffer.concat(parts);
  expect(bytes.length).toBeLessThanOrEqual(4_096);
  const { seen, ending } = await scan(bytes);
  expect([seen.length, ending.state, ending.reason]).toEqual([taken, "complete", "full"]);
});
