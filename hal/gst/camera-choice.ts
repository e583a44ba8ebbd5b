/**
 * Camera choice: which cameras does `camera.source: auto` try, in which order? Pure.
 *
 * The camera module of a Raspberry Pi comes first where its receiver is there: it was chosen for the
 * door. Then V4L2 cameras by number. libcamera without a receiver that is known here comes last: it
 * supports more machines than this file knows.
 */
import { Fault } from "../fault.ts";
import type { JudgedNode } from "./video-node.ts";

export interface CameraMachine {
  readonly nodes: readonly Pick<JudgedNode, "path" | "use">[];
  /** GStreamer's element libcamerasrc is installed. */
  readonly libcamera: boolean;
  /** Of the board, e.g. "Raspberry Pi 5 Model B Rev 1.0"; "" when it tells none. */
  readonly model: string;
}

export interface CameraChoice {
  /** Source strings (source.ts), best first. */
  readonly sources: readonly string[];
  /** The camera module's receiver is there. */
  readonly module: boolean;
  /** What would make more of them work; empty when nothing is missing. */
  readonly advice: readonly string[];
}

export const libcameraPackage = "gstreamer1.0-libcamera";
export const ribbonHint =
  "switch it off, push the ribbon in straight at both ends and close the latches; `rpicam-hello --list-cameras` then names the camera";

export function chooseCamera({ nodes, libcamera, model }: CameraMachine): CameraChoice {
  const connected = nodes.some(({ use }) => use === "module");
  const cameras = nodes.filter(({ use }) => use === "camera").map(({ path }) => path);
  const [first, last] = [connected && libcamera, !connected && libcamera];
  return {
    sources: [...(first ? ["libcamera"] : []), ...cameras, ...(last ? ["libcamera"] : [])],
    module: connected,
    advice: adviceFor({ connected, libcamera, model }),
  };
}

function adviceFor(found: { connected: boolean; libcamera: boolean; model: string }): string[] {
  const { connected, libcamera, model } = found;
  const install = `sudo apt-get install --no-install-recommends ${libcameraPackage}`;
  if (connected)
    return libcamera ? [] : [`a camera module is connected, libcamerasrc is missing: ${install}`];
  if (!/raspberry pi/i.test(model)) return [];
  const missing = libcamera ? [] : [`for a camera module libcamerasrc is missing: ${install}`];
  return [`no camera module answers on the ribbon; if there is one: ${ribbonHint}`, ...missing];
}

/** Why none of them opened; `faults`: of each that was tried. */
export function noCamera({ module, advice }: CameraChoice, faults: readonly Fault[]): Fault {
  const told = mostTellingFault(faults);
  // libcamera that was tried on the off chance says nothing new
  if (told !== null && (told.kind !== "not-found" || module)) return told;
  const connect = "connect a camera (see `sill hal list`) or set camera.driver to sim";
  return new Fault("not-found", "no camera found", { hint: [...advice, connect].join("; ") });
}

const mostTelling = ["denied", "exhausted", "invalid", "unavailable", "timeout", "corrupt", "not-found"];

/** The one that says most about what to do. */
function mostTellingFault(faults: readonly Fault[]): Fault | null {
  const rank = ({ kind }: Fault): number => (mostTelling.indexOf(kind) + 99) % 99;
  return faults.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}
