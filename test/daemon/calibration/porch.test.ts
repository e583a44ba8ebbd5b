/**
 * Causes at the simulated porch: the real pictures, the real detector, what calibration calls them.
 */
import { expect, test, vi } from "vitest";
import { causeOf } from "../../../daemon/calibration/cause.ts";
import { eventsOf } from "../../../daemon/calibration/events.ts";
import { TracksBuilder } from "../../../daemon/calibration/tracks-builder.ts";
import { eachFrame } from "../../../daemon/calibration/tracks.ts";
import { trailOf } from "../../../daemon/calibration/trail.ts";
import { createMasker } from "../../../daemon/eye/mask/apply.ts";
import { createPlainMemory } from "../../../daemon/eye/mask/memory.ts";
import { createMotion } from "../../../daemon/eye/motion/motion.ts";
import { rasteriseOpening } from "../../../daemon/policy/opening.ts";
import type { Cause } from "../../../daemon/wire/api-calibration.ts";
import { newPicture } from "../../../hal/sim/picture.ts";
import { createPorch } from "../../../hal/sim/porch/porch.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";
import type { PorchSettings } from "../../../hal/sim/porch/settings.ts";
import { allTime } from "./film.ts";

vi.setConfig({ testTimeout: 60_000 }); // half a minute of pictures is drawn

const size = { width: 480, height: 270 };
const fps = 15;
const settings = { sensitivity: 50, zones: [] };
const timing = { postRollUs: 2_000_000, cooldownUs: 0, maxClipUs: 120_000_000 };

/** Causes of the events at a sensitivity, in order. */
function causes(
  porchSettings: PorchSettings,
  { seconds, sensitivity }: { seconds: number; sensitivity: number },
): Cause[] {
  const porch = createPorch(porchSettings, size);
  const picture = newPicture(porch);
  const masker = createMasker(rasteriseOpening(size, porchPolicy));
  const memory = createPlainMemory(size.width, size.height);
  const motion = createMotion({ ...size, fps, settings, visible: masker.opening.luma });
  const builder = new TracksBuilder({ areas: [], span: allTime, timing });
  builder.session({ wallMs: 0, grid: motion.grid, fps, settings });
  for (let sequence = 0; sequence < seconds * fps; sequence += 1) {
    const wallMs = (sequence * 1_000) / fps;
    porch.render(wallMs, picture);
    const ptsUs = Math.round(wallMs * 1_000);
    const { levels, light } = motion.handle(masker.apply({ ...picture, ptsUs, sequence }, memory));
    const quiet = levels.every((level) => level === 0);
    builder.frame({
      ptsUs,
      wallMs,
      light,
      minute: null,
      levels,
      quiet,
      analysed: true,
      held: false,
      changed: true,
    });
  }
  const tracks = builder.done();
  return eventsOf(tracks, { ...settings, sensitivity }).map(({ first, last }) =>
    causeOf(
      trailOf(tracks, (visit) => eachFrame(tracks, [first, last], visit)),
      tracks,
    ),
  );
}

const busy: PorchSettings = { visitorsPerHour: 120, light: "day" };
const empty: PorchSettings = { visitorsPerHour: 0, light: "day" };

test("who walks up to the door walked", () => {
  expect(causes(busy, { seconds: 19, sensitivity: 50 })).toEqual(["walked"]);
});

test("who steps up to the lens came close", () => {
  const close: PorchSettings = { ...busy, visitor: "close" };
  expect(causes(close, { seconds: 34, sensitivity: 50 })).toEqual(["came-close"]);
});

test("a shaken camera moves everywhere, where it is seen at all", () => {
  const found = causes({ ...empty, trouble: "shake" }, { seconds: 30, sensitivity: 100 });
  expect(new Set(found)).toEqual(new Set(["everywhere"]));
});

test("headlights in the dark are light, where they are seen at all", () => {
  const night: PorchSettings = { ...empty, light: "night", trouble: "headlights" };
  const [first] = causes(night, { seconds: 8, sensitivity: 100 });
  expect(first).toBe("light");
});
