/** A replay whose model dies: it is waited for and asked again; where it never comes back the replay says so and ends. */
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { createPlainMemory } from "../../../../daemon/eye/mask/memory.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import type { ReplayLine } from "../../../../daemon/eye/replay/lines.ts";
import { PatientDetector, type Restarting } from "../../../../daemon/eye/replay/patient.ts";
import { replayFile } from "../../../../daemon/eye/replay/replay.ts";
import { Fault } from "../../../../hal/fault.ts";
import { simCamera } from "../../../../hal/sim/camera.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";
import { movingPicture } from "../../../contract/masked.ts";

/** A model whose process dies at some of its questions, and is there again after some rests. */
function mortal(dies: (question: number) => boolean, restsUntilBack: number) {
  const [warned, world]: [string[], { questions: number; rests: number; away: boolean }] = [
    [],
    { questions: 0, rests: 0, away: false },
  ];
  const detector: Restarting = {
    name: "mortal",
    ready: async () => {
      if (world.rests < restsUntilBack) throw new Fault("unavailable", "it is not there yet");
      world.away = false;
    },
    detect: async (_, regions) => {
      world.questions += 1;
      if (!world.away && dies(world.questions)) [world.away, world.rests] = [true, 0];
      if (world.away) throw new Fault("unavailable", "its process died");
      return regions.map((box) => ({ label: "person", score: 0.9, box }));
    },
    close: async () => {},
  };
  const rest = async (): Promise<void> => void (world.rests += 1);
  return {
    world,
    warned,
    patient: new PatientDetector({ detector, rest, warn: (line) => warned.push(line) }),
  };
}

/** A frame that nobody looks at. */
const size = { width: 64, height: 48 };
const nothing = movingPicture(size)(1, createPlainMemory(size.width, size.height));

/** The first visitor of the porch, as a video. */
async function replay(detector: PatientDetector) {
  const driver = simCamera({
    width: 320,
    height: 180,
    fps: 5,
    frames: 130,
    scene: "garden",
    light: "day",
    rain: "off",
    pace: "fast",
    clock: new SimClock(),
  });
  await using camera = await driver.open();
  const lines: ReplayLine[] = [];
  const ended = await replayFile(camera, {
    file: "porch.mp4",
    settings: settingsSchema.parse({}),
    shape: wholePicture,
    presses: [],
    frames: false,
    out: null,
    detector,
    print: (line) => lines.push(line),
    progress: () => {},
  }).catch((error: unknown) => error);
  return { ended, whats: lines.flatMap((line) => (line.type === "event" ? [line.what] : [])) };
}

test("one that comes back is asked again, said aloud, and the events are those of one that never died", async () => {
  const never = await replay(mortal(() => false, 0).patient);
  expect(never.whats.flat()).toContainEqual(expect.objectContaining({ label: "person" }));
  const { patient, warned } = mortal((question) => question === 3 || question === 9, 2);
  expect(await replay(patient)).toEqual(never);
  expect(warned).toEqual(Array.from({ length: 2 }, () => expect.stringContaining("its process died")));
});

test("one that never comes back ends the replay with its Fault, after what was known by then", async () => {
  const { patient, world } = mortal((question) => question === 6, Infinity);
  const { ended, whats } = await replay(patient);
  expect(ended).toMatchObject({ kind: "unavailable", message: expect.stringContaining("its process died") });
  expect(whats.flat()).toContainEqual(expect.objectContaining({ label: "person" }));
  expect(world.questions).toBe(6);
});

test("one that dies at the same picture each time is given up", async () => {
  const { patient, warned, world } = mortal((question) => question >= 4, 1);
  expect((await replay(patient)).ended).toMatchObject({ kind: "unavailable" });
  expect([warned.length, world.questions]).toEqual([2, 6]);
});

test("one that rests longer after each death is waited for, as long as its starts do not fail", async () => {
  const died = new Fault("unavailable", "its process died");
  const world = { deaths: 0, rests: 0, questions: 0 };
  const detector: Restarting = {
    name: "doubling",
    ready: async () => {
      if (world.rests < 2 ** world.deaths) throw died;
    },
    detect: async (_, regions) => {
      world.questions += 1;
      if (world.questions % 2 === 0) return regions.map((box) => ({ label: "person", score: 0.9, box }));
      [world.deaths, world.rests] = [world.deaths + 1, 0];
      throw died;
    },
    close: async () => {},
  };
  const rest = async (): Promise<void> => void (world.rests += 1);
  const patient = new PatientDetector({ detector, rest, warn: () => {} });
  for (let i = 0; i < 6; i += 1) expect(await patient.detect(nothing, [], AbortSignal.any([]))).toEqual([]);
  expect([world.deaths, world.rests, patient.fault]).toEqual([6, 64, null]);
});

test.each([
  ["whose file is refused when it starts again", "not-found", 1],
  ["whose starts fail again and again", "unavailable", 4],
] as const)("one %s is given up soon", async (_, kind, rests) => {
  let rested = 0;
  const detector: Restarting = {
    name: "gone",
    ready: async () => {
      throw new Fault(kind, "no start");
    },
    detect: async () => {
      throw new Fault("unavailable", "its process died");
    },
    close: async () => {},
  };
  const rest = async (): Promise<void> => void (rested += 1);
  const patient = new PatientDetector({ detector, rest, warn: () => {} });
  await expect(patient.detect(nothing, [], AbortSignal.any([]))).rejects.toMatchObject({
    kind: "unavailable",
  });
  expect(rested).toBe(rests);
});
