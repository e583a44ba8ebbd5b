import { describe, expect, test } from "vitest";
import { durationMs, louder, pcmBytes, readWav, samplesOf, writeWav } from "../../hal/pcm.ts";
import { signalOf, toneNames, toneOf } from "../../hal/tones/tones.ts";
import { purity, sine } from "../../scripts/rigs/tone-ear.ts";

describe("tones", () => {
  test.each(toneNames)("%s is some seconds long, ends in silence and never clips", (name) => {
    const pcm = toneOf(name, 100);
    expect(durationMs(pcm)).toBeGreaterThan(700);
    expect(durationMs(pcm)).toBeLessThan(4_000);
    const loudest = pcm.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBe(29_163);
    expect(Math.abs(pcm.samples.at(-1) ?? 1)).toBeLessThan(300);
  });

  test("the two bars are E5 and C5", () => {
    const pcm = toneOf("two-bars", 100);
    expect([purity(pcm, 659.26) > 0.7, purity(pcm, 523.25) > 0.7, purity(pcm, 587)]).toEqual([
      true,
      true,
      expect.closeTo(0, 0),
    ]);
  });

  test("no two tones are the same, nor the two signals", () => {
    const all = [...toneNames.map((name) => toneOf(name, 100)), signalOf("begin"), signalOf("end")];
    expect(new Set(all.map((pcm) => Buffer.from(pcmBytes(pcm)).toString("base64"))).size).toBe(all.length);
  });

  test("50 is a tenth as loud as 100, 0 is silence", () => {
    const pcm = sine(500, 0.1);
    const top = ({ samples }: typeof pcm): number => samples.reduce((most, each) => Math.max(most, each), 0);
    expect([top(louder(pcm, 50)), top(louder(pcm, 0))]).toEqual([1_200, 0]);
  });
});

describe("WAVE", () => {
  test("is read as it was written", () => {
    const pcm = sine(500, 0.01);
    expect(readWav(writeWav(pcm))).toEqual(pcm);
    expect(samplesOf(pcmBytes(pcm))).toEqual(pcm.samples);
  });

  const good = writeWav(sine(500, 0.01));
  const changed = (at: number, value: number): Uint8Array => {
    const bytes = good.slice();
    bytes[at] = value;
    return bytes;
  };
  test.each([
    ["too short", good.subarray(0, 40)],
    ["no RIFF", changed(0, 65)],
    ["two channels", changed(22, 2)],
    ["eight bits", changed(34, 8)],
    ["floating point", changed(20, 3)],
    ["another chunk first", changed(36, 76)],
    ["more than it states", Buffer.concat([good, Buffer.from([1, 2])])],
    ["a rate of nothing", changed(25, 0)],
  ])("is refused: %s", (_name, file) => {
    expect(() => readWav(file)).toThrow(/^not a sound that can be taken: /u);
  });
});
