/**
 * Report: what a look measured, in the words of the self-test.
 */
import type { Settings } from "../../../config/schema.ts";
import type { CameraReport } from "../../wire/examine.ts";
import type { GuardStatus } from "../../wire/messages.ts";
import type { FocusMemory } from "./focus-memory.ts";
import type { Look } from "./look.ts";

export interface ReportParts {
  readonly settings: Settings["camera"];
  readonly guard: GuardStatus | null;
  readonly memory: FocusMemory;
  /** What is remembered could not be written: the report is made all the same. */
  readonly onUnkept: (error: unknown) => void;
}

const mostWords = 400;

/** Without a picture. */
export async function reportOf(look: Look, parts: ReportParts): Promise<CameraReport> {
  const { settings, guard, memory, onUnkept } = parts;
  const { camera, shape, opening, policyVersion, fault } = look.scene;
  const { name, view, live } = camera.info;
  const { sharpness: now, ...measured } = look.measured;
  const sensor = view?.sensor ?? camera.info;
  const covered = measured.covered || guard?.reason === "covered";
  let best = now;
  if (now > 0 && !covered) {
    const framing = { width: opening.width, height: opening.height, view, shape };
    best = await memory.best(framing, measured.light, now).catch((error: unknown) => {
      onUnkept(error);
      return now;
    });
  }
  return {
    name,
    width: sensor.width,
    height: sensor.height,
    asked: { width: settings.width, height: settings.height, fps: settings.fps },
    live,
    ...measured,
    covered,
    sharpness: { now, best },
    guard: { state: guard?.state ?? "off", reason: guard?.reason ?? null },
    mask: {
      policyVersion,
      visibleFrac: opening.visibleFrac,
      ...look.proof.found,
      fault: fault?.slice(0, mostWords) ?? null,
    },
    picture: null,
  };
}
