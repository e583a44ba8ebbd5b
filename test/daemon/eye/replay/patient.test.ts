/** A replay whose model dies: it is waited for and asked again; where it never comes back the replay says so and ends. */
import { expect, test } from "vitest";
import { settingsSchema } from "../../../../config/schema.ts";
import { wholePicture } from "../../../../daemon/eye/mask/whole-picture.ts";
import type { ReplayLine } from "../../../../daemon/eye/replay/lines.ts";
import { PatientDetector, type Restarting } from "../../../../daemon/eye/replay/patient.ts";
import { replayFile } from "../../../../daemon/eye/replay/replay.ts";
import { Fault } from "../../../../hal/fault.ts";
import { simCamera } from "../../../../hal/sim/camera.ts";
import { SimClock } from "../../../../hal/sim/clock.ts";

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
