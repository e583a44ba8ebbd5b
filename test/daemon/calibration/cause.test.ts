import { expect, test } from "vitest";
import { causeOf } from "../../../daemon/calibration/cause.ts";
import { eachFrame } from "../../../daemon/calibration/tracks.ts";
import { trailOf } from "../../../daemon/calibration/trail.ts";
import type { Cause } from "../../../daemon/wire/api-calibration.ts";
import { blob, filmOf, tracksOf, type Scene } from "./film.ts";

const cases: [string, Cause, Scene][] = [
  [
    "somebody crosses the picture",
    "walked",
    { seconds: 8, levels: (second) => blob(70, [0.1 + second * 0.1, 0.6], [0.1, 0.4]) },
  ],
  [
    "somebody comes up the path and fills the picture",
    "came-close",
    { seconds: 6, levels: (second) => blob(80, [0.5, 0.6], [0.1 + second * 0.15, 0.2 + second * 0.15]) },
  ],
  [
    "a bush moves in one place",
    "stayed",
    { seconds: 20, levels: (second) => blob(40, [0.8 + 0.02 * Math.sin(second), 0.5], [0.2, 0.3]) },
  ],
  [
    "two bushes take turns: nobody went from one to the other",
    "stayed",
    {
      seconds: 20,
      levels: (second) => blob(40, [Math.floor(second) % 2 === 0 ? 0.1 : 0.9, 0.5], [0.15, 0.3]),
    },
  ],
  [
    "an insect shoots past",
    "brief",
    { seconds: 1, levels: (second) => blob(60, [second * 0.9, 0.3], [0.1, 0.1]) },
  ],
  ["the camera shakes", "everywhere", { seconds: 3, levels: () => blob(50, [0.5, 0.5], [1, 1]) }],
  [
    "a lamp goes on",
    "light",
    {
      seconds: 4,
      levels: (second) => (second >= 2 ? blob(50, [0.5, 0.5], [0.7, 0.7]) : null),
      light: (second) => (second >= 1.5 ? "bright" : "dark"),
    },
  ],
];

test.each(cases)("%s: %s", (_, cause, scene) => {
  const tracks = tracksOf(filmOf(scene));
  const trail = trailOf(tracks, (visit) => eachFrame(tracks, [0, scene.seconds * 10], visit));
  expect(causeOf(trail, tracks)).toBe(cause);
});

test("nothing that stirred has no cause but being over", () => {
  const tracks = tracksOf(filmOf({ seconds: 2, levels: () => null }));
  expect(
    causeOf(
      trailOf(tracks, () => {}),
      tracks,
    ),
  ).toBe("brief");
});
