/** Real clips. Needs ../shared/footage; says so and is skipped without it. The rest of them: npm run bench -- --only guard. */
import { describe, expect, test } from "vitest";
import { clipResult, footageClips } from "../../../../scripts/bench/guard-footage.ts";

const here = footageClips();
if (here.length === 0)
  process.stderr.write("guard on real footage: skipped, ../shared/footage is not here\n");

describe.skipIf(here.length === 0)("real clips", () => {
  test.each(["bgsvideo", "brightness", "cars", "s_light", "s_noise"])(
    "%s: quiet as it is, and every bump is caught within 2 s",
    async (clip) => {
      const { tripped, trials } = await clipResult(clip, 4);
      expect(tripped).toBe(false);
      expect(trials.filter(({ tookMs }) => tookMs === null)).toEqual([]);
    },
    60_000,
  );
});
