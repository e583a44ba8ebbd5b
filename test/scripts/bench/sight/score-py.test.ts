/**
 * Our scoring against the one that defines it. Needs ../shared/footage/score.py and Python; says so and is
 * skipped without them.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { labelledClips } from "../../../../scripts/bench/sight/labels.ts";
import { ratesOf, scoreOf, sumOf } from "../../../../scripts/bench/sight/score.ts";

const footage = join(import.meta.dirname, "../../../../../shared/footage");
const script = join(footage, "score.py");
const ready = existsSync(script) && spawnSync("python3", ["--version"]).status === 0;
if (!ready)
  process.stderr.write("scoring against score.py: skipped, ../shared/footage or python3 is not here\n");

/** Decisions that come and go, the same every time; `busy` of 16 frames fire. */
function decisions(frames: number, { seed, busy }: { seed: number; busy: number }): boolean[] {
  let state = seed;
  let fires = false;
  return Array.from({ length: frames }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    if (state >> 24 < 12) fires = (state >> 8) % 16 < busy;
    return fires;
  });
}

interface PythonTotal {
  readonly [key: string]: number;
}

describe.skipIf(!ready)("score.py", () => {
  test.each([1, 3, 8, 15])("agrees on decisions of which %d of 16 fire", (busy) => {
    const folder = mkdtempSync(join(tmpdir(), "sill-score-"));
    try {
      const clips = labelledClips(footage);
      const fired = clips.map((clip, i) => decisions(clip.frames, { seed: 7 + i, busy }));
      const lines = clips.flatMap(({ id, fps }, i) =>
        (fired[i] ?? []).map((motion, k) => JSON.stringify({ clip: id, t: k / fps, motion })),
      );
      writeFileSync(join(folder, "all.jsonl"), lines.join("\n"));
      const out = join(folder, "out.json");
      spawnSync("python3", [script, "--json", out, join(folder, "all.jsonl")]);
      // Python writes NaN where there is nothing to count
      const json = readFileSync(out, "utf8").replaceAll(": NaN", ": null");
      const theirs = (JSON.parse(json) as { all: { total: PythonTotal } }).all.total;
      const score = sumOf(clips.map((clip, i) => scoreOf(fired[i] ?? [], clip)));
      const { delayMedianMs, delayP90Ms, ...rates } = ratesOf(score);
      expect({
        tp: score.truePositive,
        fp: score.falsePositive,
        fn: score.falseNegative,
        tn: score.trueNegative,
        events: score.events,
        hit: score.found,
        false_events: score.falseEvents,
      }).toEqual(pick(theirs, ["tp", "fp", "fn", "tn", "events", "hit", "false_events"]));
      expect(rates.f1).toBeCloseTo(theirs["f1"] ?? Number.NaN, 9);
      expect(rates.eventRecall).toBeCloseTo(theirs["event_recall"] ?? Number.NaN, 9);
      expect(rates.falseEventsPerHour).toBeCloseTo(theirs["fe_per_h"] ?? Number.NaN, 6);
      expect(delayMedianMs).toBeCloseTo(theirs["delay_median_ms"] ?? Number.NaN, 6);
      expect(delayP90Ms).toBeCloseTo(theirs["delay_p90_ms"] ?? Number.NaN, 6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function pick(from: PythonTotal, keys: readonly string[]): PythonTotal {
  return Object.fromEntries(keys.map((key) => [key, from[key] ?? Number.NaN]));
}
