import fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodeFrame,
  FrameReader,
  frameKinds,
  mostWordBytes,
  type Frame,
} from "../../../models/runner/frames.ts";
import { readOutputs } from "../../../models/runner/outputs.ts";

const most = 4_096;

test("frames come out as they went in, however the stream is cut", () => {
  const frame = fc.record({
    kind: fc.constantFrom(...frameKinds),
    words: fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(fc.string({ maxLength: 20 }), fc.nat())),
    bytes: fc.uint8Array({ maxLength: 300 }),
  });
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 200 })),
      (frames, cuts) => {
        const stream = Buffer.concat(
          frames.flatMap(({ kind, words, bytes }) => encodeFrame(kind, words, [bytes])),
        );
        const reader = new FrameReader(most);
        const out: Frame[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          out.push(...reader.take(stream.subarray(at, at + cut)));
          at += cut;
        }
        expect(out.map(({ kind, words, bytes }) => ({ kind, words, bytes: [...bytes] }))).toEqual(
          frames.map(({ kind, words, bytes }) => ({ kind, words: { ...words }, bytes: [...bytes] })),
        );
        for (const { bytes } of out) expect(bytes.byteOffset % 8).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

test("any bytes are frames or a Fault, never more memory than allowed", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        for (const frame of new FrameReader(most).take(bytes)) expect(frame.bytes.length).toBeLessThan(most);
      } catch (error) {
        expect(error).toMatchObject({ kind: "corrupt" });
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["more figures than came", [{ name: "a", type: "float32" as const, dims: [2, 3] }]],
  [
    "a product beyond every number",
    [{ name: "a", type: "float32" as const, dims: [2 ** 50, 2 ** 50, 2 ** 50] }],
  ],
])("an answer that promises %s is refused", (_, words) => {
  expect(() => readOutputs(words, new Uint8Array(16))).toThrow(expect.objectContaining({ kind: "corrupt" }));
});

test("words that are longer than any of ours are not parsed: they would hold the eye for seconds", () => {
  const nested = { words: Array.from({ length: mostWordBytes / 2 }, () => []) };
  const read = (words: object) => [
    ...new FrameReader(2 ** 20).take(Buffer.concat(encodeFrame("loaded", words))),
  ];
  expect(() => read(nested)).toThrow(
    expect.objectContaining({ kind: "corrupt", message: expect.stringMatching(/at most 16384 are read/u) }),
  );
  expect(read({ words: "x".repeat(mostWordBytes - 20) })).toHaveLength(1);
});
