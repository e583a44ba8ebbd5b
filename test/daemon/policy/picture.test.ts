import { expect, test } from "vitest";
import { pictureFault, sameShape, visibleFracOf } from "../../../daemon/policy/picture.ts";
import { policyOf } from "../../../scripts/rigs/paired.ts";

test.each([
  [1920, 1080, 1280, 720, true],
  [1920, 1080, 320, 180, true],
  [1920, 1080, 854, 480, true], // 853.3: rounded to whole pixels
  [1280, 720, 3840, 2160, true],
  [1920, 1080, 1440, 1080, false],
  [1920, 1080, 1080, 1920, false],
  [1920, 1080, 1920, 1200, false],
  [1280, 720, 1280, 704, false],
  [640, 480, 640, 360, false],
])("%i x %i and %i x %i have the same shape: %s", (w, h, width, height, same) => {
  const [a, b] = [
    { width: w, height: h },
    { width, height },
  ];
  expect([sameShape(a, b), sameShape(b, a)]).toEqual([same, same]);
});

test("another shape of picture is refused in words that say both and what to do", () => {
  const picture = { width: 1280, height: 720 };
  expect(pictureFault({ picture }, { width: 640, height: 360 })).toBe(null);
  expect(pictureFault({ picture }, { width: 640, height: 480 })).toMatchObject({
    kind: "denied",
    message: expect.stringMatching(/640x480.*1280x720/),
    hint: expect.stringMatching(/confirm .* or draw it again/),
  });
});

test("the visible part is counted alike on every size of picture", () => {
  const at = (width: number, height: number): number =>
    visibleFracOf(policyOf("camera", { picture: { width, height } }));
  expect(at(16_000, 9_000)).toBe(at(320, 180));
  expect(at(320, 180)).toBeGreaterThan(0.2);
});
