import { describe, expect, test } from "vitest";
import { walkHtml } from "../../../daemon/calibration/walk-html.ts";
import type { Walk } from "../../../daemon/wire/api-calibration.ts";
import { noon } from "./film.ts";

const nasty = `<script>alert("x")</script>&'\u0007`;

const walk: Walk = {
  id: "w1",
  name: "to the door",
  by: "Ida",
  fromWallMs: noon,
  toWallMs: noon + 20_000,
  zones: {
    sensitivity: 50,
    rules: [{ zone: "path", light: "dark", from: "22:00", to: "06:00", sensitivity: 30 }],
    zones: [
      {
        name: "path",
        sensitivity: null,
        polygon: [
          [0.2, 0.2],
          [0.8, 0.2],
          [0.5, 0.9],
        ],
      },
    ],
  },
  light: "bright",
  seen: true,
  firstStirWallMs: noon + 2_000,
  firstSeenWallMs: noon + 3_200,
  delayMs: 1_200,
  seenFrac: 0.8,
  path: Array.from({ length: 40 }, (_, i) => ({
    wallMs: noon + 2_000 + i * 100,
    at: [0.1 + i * 0.02, 0.5] as [number, number],
    seen: i >= 12,
    level: 40 + i,
  })),
  perZone: [{ name: "path", seen: true, firstSeenWallMs: noon + 3_200, bestScore: 140 }],
  notes: [{ wallMs: noon + 4_000, text: "gate" }],
};

/** Everything that a reader could load or run, in any case. */
const reaches = /<script|<img|<image|<link|<iframe|<object|\bon\w+=|href=|src=|url\(|@import|https?:/iu;

describe("the report of a walk", () => {
  test("says what matters first", () => {
    const html = walkHtml(walk);
    expect(html).toContain("<strong>Seen</strong> <span>1.2 s after the first stir</span>");
    expect(html).toContain("<td>after 3.2 s</td><td>140</td>");
    expect(html).toContain("in path, while it is dark, from 22:00 to 06:00: sensitivity 30");
    expect(html).toContain("<b>gate</b> 4.0 s after the beginning");
  });

  test("draws the path in two kinds of line, without a hole where sight begins", () => {
    const lines = [...walkHtml(walk).matchAll(/<polyline class="way (\w+)" points="([^"]+)"/gu)];
    const [unseen, seen] = lines.map(([, kind, points = ""]) => ({ kind, points: points.split(" ") }));
    expect([unseen?.kind, seen?.kind]).toEqual(["unseen", "seen"]);
    expect(seen?.points[0]).toBe(unseen?.points.at(-1));
  });

  test("draws zones where they are in a view that is turned", () => {
    const size = { width: 900, height: 1_600 };
    const view = {
      sensor: { width: 1_600, height: 900 },
      box: [0, 0, 1_600, 900] as [number, number, number, number],
      rotate: 90 as const,
      size,
    };
    const html = walkHtml({ ...walk, view });
    expect(html).toContain('viewBox="0 0 360 640"');
    // (0.2, 0.2) of the sensor's is (0.8, 0.2) of the view
    expect(html).toContain('<polygon class="zone" points="288,128 288,512 36,320"/>');
  });

  test("needs nothing from elsewhere and runs nothing", () => {
    expect(walkHtml(walk)).not.toMatch(reaches);
  });

  test("shows what people typed as they typed it, and lets none of it be markup", () => {
    const html = walkHtml({
      ...walk,
      name: nasty,
      by: nasty,
      notes: [{ wallMs: noon, text: nasty }],
      zones: { ...walk.zones, zones: walk.zones.zones.map((zone) => ({ ...zone, name: nasty })) },
      perZone: walk.perZone.map((zone) => ({ ...zone, name: nasty })),
    });
    expect(html).not.toMatch(reaches);
    expect(html.match(/&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt;&amp;&#39; /gu)?.length).toBe(6);
  });

  test.each<[string, Partial<Walk>]>([
    ["something moved in the zones, but not clearly enough", { firstSeenWallMs: null, delayMs: null }],
    [
      "something moved, but outside the zones",
      { firstSeenWallMs: null, firstStirWallMs: null, delayMs: null },
    ],
    ["nothing moved at all", { firstSeenWallMs: null, firstStirWallMs: null, delayMs: null, path: [] }],
  ])("of one that was not seen says why: %s", (words, change) => {
    const html = walkHtml({ ...walk, ...change, seen: false });
    expect(html).toContain("<strong>Not seen</strong>");
    expect(html).toContain(words);
    expect(html).not.toMatch(/NaN|undefined|Infinity/u);
  });

  test("of no time at all is still a page", () => {
    expect(walkHtml({ ...walk, toWallMs: noon, path: [], notes: [] })).not.toMatch(/NaN|undefined|Infinity/u);
  });
});
