import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer } from "../../../models/decode/answer.ts";
import { Decoder } from "../../../models/decode/decoder.ts";
import { place } from "../../../models/input/placement.ts";
import type { Tensor } from "../../../models/tensor.ts";
import { detector, manifestOf } from "../manifests.ts";
import { heads, side, type Head, type Said, type Seen } from "./heads.ts";

const ours = ["person", null, "vehicle"] as const;
const frame = { width: 128, height: 96 };
const region = [0, 0, 1, 1] as const;
const person: Seen = { at: 0, score: 0.8, box: [10, 10, 30, 40] };
const corrupt = expect.objectContaining({ kind: "corrupt", hint: expect.any(String) });

function answerOf(said: readonly Said[]): Answer {
  return Object.fromEntries(said.map(({ role, dims, data }) => [role, { dims, data } satisfies Tensor]));
}

/** What a manifest of this head makes of an answer. */
function decoderOf(
  { output }: Head,
  changes: object = {},
): (answer: Answer) => ReturnType<Decoder["decode"]> {
  const input = { ...detector.input, width: side, height: side };
  const thresholds = { person: 0.3, vehicle: 0.3 };
  const manifest = manifestOf(detector, { input, output, thresholds, ...changes });
  const placement = place(manifest.input, frame, region);
  return (answer) => new Decoder(manifest).decode(answer, { frame, region, placement });
}

const labelsOf = (found: ReturnType<Decoder["decode"]>) => found.map(({ label }) => label);

const size = fc.integer({ min: 2, max: 12 });
const box = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 36 }), size, size)
  .map(([x, y, w, h]) => [x, y, x + w, y + h] as const);
// No two alike after rounding: the order of equals is nobody's business.
const score = fc.integer({ min: 5, max: 85 }).map((percent) => percent / 100);
const seen: fc.Arbitrary<Seen> = fc.record({ at: fc.nat(2), score, box });
const boxes = fc.uniqueArray(seen, { maxLength: 20, selector: (one) => one.score });

describe.each(heads)("$name", (head) => {
  const { say, factor = 1 } = head;

  test("gives back every box that is sure enough and mapped, in pixels of the frame, the surest first", () => {
    const decode = decoderOf(head, { nmsIou: 1 });
    fc.assert(
      fc.property(boxes, (all) => {
        const clear = all.filter((one) => Math.abs(one.score * factor - 0.3) > 0.001);
        const wanted = clear.filter((one) => ours[one.at] !== null && one.score * factor > 0.3);
        wanted.sort((a, b) => b.score - a.score);
        const found = decode(answerOf(say(clear)));
        expect(labelsOf(found)).toEqual(wanted.map(({ at }) => ours[at]));
        for (const [
          index,
          {
            score,
            box: [left, top, right, bottom],
          },
        ] of wanted.entries()) {
          expect(found[index]?.score).toBeCloseTo(score * factor, 4);
          // 64 pixels of the input are 128 of the frame, from the top left.
          const expected = [left * 2, top * 2, (right - left) * 2, (bottom - top) * 2];
          for (const [at, value] of expected.entries()) expect(found[index]?.box[at]).toBeCloseTo(value, 2);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("gives one box where several of a label overlap, and as many as the manifest allows", () => {
    const again: Seen = { ...person, score: 0.7, box: [11, 10, 31, 40] };
    const vehicle: Seen = { at: 2, score: 0.6, box: [11, 10, 30, 41] };
    const answer = answerOf(say([again, person, vehicle]));
    expect(labelsOf(decoderOf(head)(answer))).toEqual(["person", "vehicle"]);
    expect(labelsOf(decoderOf(head, { nmsAcrossLabels: true })(answer))).toEqual(["person"]);
    expect(labelsOf(decoderOf(head, { nmsIou: 1 })(answer))).toEqual(["person", "person", "vehicle"]);
    expect(decoderOf(head, { nmsIou: 1, maxFound: 2 })(answer)).toHaveLength(2);
  });

  test("says nothing of an empty answer", () => {
    expect(decoderOf(head)(answerOf(say([])))).toEqual([]);
  });

  test("that is broken is a Fault: NaN, Infinity, a wrong shape, figures missing, no output", () => {
    const decode = decoderOf(head);
    const good = answerOf(say([person]));
    expect(decode(good)).toHaveLength(1);
    for (const [role, { dims, data }] of Object.entries(good)) {
      expect(() => decode({ ...good, [role]: undefined })).toThrow(corrupt);
      expect(() => decode({ ...good, [role]: { dims: [...dims, 2], data } })).toThrow(corrupt);
      expect(() => decode({ ...good, [role]: { dims, data: data.subarray(1) } })).toThrow(corrupt);
      if (!(data instanceof Float32Array)) continue;
      for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        expect(() => decode({ ...good, [role]: { dims, data: data.with(data.length - 1, wrong) } })).toThrow(
          corrupt,
        );
    }
  });

  test("that gives any figures at all is a Fault or boxes inside the frame", () => {
    const decode = decoderOf(head, { thresholds: { person: 0, vehicle: 0 } });
    const shape = say([person]);
    const figure = fc.oneof(fc.float(), fc.double({ min: -1, max: 1, noNaN: true }), fc.nat(70));
    const set = (figures: readonly number[], { data }: Said) =>
      data instanceof Float32Array ? data.map((_, at) => figures[at % figures.length] ?? 0) : data;
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1, maxLength: 300 }), (figures) => {
        try {
          for (const { score, box } of decode(
            answerOf(shape.map((one) => ({ ...one, data: set(figures, one) }))),
          )) {
            const [x, y, w, h] = box;
            expect(score >= 0 && score <= 1 && x >= 0 && y >= 0 && w > 0 && h > 0).toBe(true);
            expect(x + w <= frame.width * 1.000001 && y + h <= frame.height * 1.000001).toBe(true);
          }
        } catch (error) {
          expect(error).toEqual(corrupt);
        }
      }),
      { numRuns: 100 },
    );
  });
});
