/**
 * Alone: the camera opened for the self-test only, because no house is running that holds it.
 *
 * The same trust, guard and mask as in the running eye: with no line of an owner everything is hidden, and
 * nothing visible is measured. Records nothing. Rejects with the camera's Fault, or `cancelled`.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Camera } from "../../../hal/camera.ts";
import { Fault } from "../../../hal/fault.ts";
import type { JpegEncoder } from "../../../hal/encoder.ts";
import { openJpegEncoder } from "../../../hal/gst/jpeg.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { rasteriseOpening } from "../../policy/opening.ts";
import { pictureFault } from "../../policy/picture.ts";
import type { MaskShape } from "../../policy/shape.ts";
import { shapeInView } from "../../policy/view.ts";
import { reportIn, type CameraReport, type Examined } from "../../wire/examine.ts";
import { pathsOf } from "../../wire/paths.ts";
import { Sentry } from "../guard/sentry.ts";
import { HouseWatch } from "../house-watch.ts";
import { createMasker, type Masker } from "../mask/apply.ts";
import { createPlainMemory } from "../mask/memory.ts";
import { cameraDriver } from "../open-camera.ts";
import { Stages } from "../stages.ts";
import { sightClosed } from "../sight-closed.ts";
import { ExamineDesk } from "./desk.ts";
import { FocusMemory } from "./focus-memory.ts";

/** A camera that was just opened is still finding its exposure, and its first pictures come late. */
const settleUs = 1_000_000;

export interface AloneOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  /** Wall time at which the simulated porch's time is 0. */
  readonly epochWallMs: number;
  readonly forMs: number;
  readonly signal: AbortSignal;
}

export async function examineAlone(options: AloneOptions): Promise<CameraReport> {
  const { settings, clock, epochWallMs, signal } = options;
  const { motion } = settings;
  const paths = pathsOf(settings);
  const nothing = (): void => {};
  await using house = new HouseWatch({
    paths,
    clock,
    motion,
    onPolicy: nothing,
    onApplied: nothing,
    onZones: nothing,
    onPrivacy: nothing,
  });
  await house.start();
  if (house.privacy.state.closed) throw sightClosed();
  await using camera = await cameraDriver(settings, { clock, epochWallMs }).open(signal);
  const jpeg = await openJpegEncoder().catch(() => null); // then there is no still
  const stop = (): void => void camera.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return reportIn(await look({ ...options, camera, house, jpeg }));
  } finally {
    signal.removeEventListener("abort", stop);
    await camera.close();
    await jpeg?.close();
  }
}

interface Opened extends AloneOptions {
  readonly camera: Camera;
  readonly house: HouseWatch;
  readonly jpeg: JpegEncoder | null;
}

async function look({ settings, clock, forMs, camera, house, jpeg }: Opened): Promise<Examined> {
  const paths = pathsOf(settings);
  const stages = new Stages();
  const sentry = new Sentry({ folder: paths.guard, clock, stage: stages.at("guard") });
  const answers: Examined[] = [];
  const desk = new ExamineDesk({
    clock,
    settings: settings.camera,
    stage: stages.at("examine"),
    memory: new FocusMemory(paths.focus),
    guard: () => sentry.status,
    viewers: () => house.household.viewers,
    jpeg: () => jpeg,
    report: (message) => {
      if (message.type === "examined") answers.push(message);
    },
  });
  const memory = createPlainMemory(camera.info.width, camera.info.height);
  let masker: Masker | null = null;
  let askUs: number | null = null;
  let asked = false;
  // the answer comes a moment after its last frame: what is sealed takes a while
  for (;;) {
    const [answer] = answers;
    if (answer !== undefined) {
      await sentry.idle();
      return answer;
    }
    const raw = await camera.read();
    if (raw === null) throw new Fault("cancelled", "the camera was closed before it was examined");
    const due = sentry.lookAt(raw.ptsUs);
    const turned = due !== null && sentry.handle(due.masker.apply(raw, due.memory));
    if (masker === null || turned) masker = await begin(desk, { camera, house, sentry });
    askUs ??= raw.ptsUs + settleUs;
    if (!asked && raw.ptsUs >= askUs) {
      asked = true;
      desk.ask({ type: "examine", examine: "self-test", forMs });
    }
    desk.proof?.before(raw);
    desk.handleMasked(masker.apply(raw, memory));
  }
}

interface Parts {
  readonly camera: Camera;
  readonly house: HouseWatch;
  readonly sentry: Sentry;
}

async function begin(desk: ExamineDesk, { camera, house, sentry }: Parts): Promise<Masker> {
  const { width, height, view } = camera.info;
  const { policy } = house.policy.state;
  const fault = policy === null ? null : pictureFault(policy, view?.sensor ?? { width, height });
  const confirmed = fault === null ? policy : null;
  await sentry.follow(confirmed, camera.info);
  const seen = confirmed === null || sentry.closed ? null : confirmed;
  const shape: MaskShape | null = seen === null || view === undefined ? seen : shapeInView(seen, view);
  const masker = createMasker(rasteriseOpening({ width, height }, shape));
  const policyVersion = policy?.version ?? null;
  desk.begin({ camera, shape, opening: masker.opening, policyVersion, fault: fault?.message ?? null });
  return masker;
}
