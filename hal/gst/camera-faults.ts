/**
 * Camera faults: what a live camera's elements say when something is wrong, in words that help.
 *
 * GStreamer's own texts name the call that failed; these name the cause and what to do. The texts are
 * those of v4l2src (GStreamer 1.20 to 1.26) and libcamerasrc (0.0.3 to 0.6); what is not in the table
 * keeps its own words (bus.ts).
 */
import { Fault, type FaultKind } from "../fault.ts";
import { ribbonHint } from "./camera-choice.ts";
import { isGone } from "./v4l2.ts";

export interface ElementSaid {
  readonly text: string;
  readonly debug: string;
}

interface Plain {
  readonly said: RegExp;
  readonly kind: FaultKind;
  readonly message: string;
  readonly hint: string;
}

const moduleFaults: readonly Plain[] = [
  {
    said: /could not find any supported camera/i,
    kind: "not-found",
    message: "no camera module answers",
    hint: ribbonHint,
  },
  {
    said: /already in use/i,
    kind: "unavailable",
    message: "the camera module is used by another program",
    hint: "close the other program (rpicam-hello, motion, a second doorbell); it is tried again",
  },
  {
    said: /failed listing cameras/i,
    kind: "unavailable",
    message: "libcamera does not start",
    hint: "join the group video, and run `rpicam-hello --list-cameras` to see why",
  },
];

const unplugged = {
  said: /no such device|device .* (lost|disappeared)/i,
  kind: "unavailable",
  message: "the camera was unplugged",
  hint: "plug it in again; it is opened by itself",
} as const;

const deviceFaults: readonly Plain[] = [
  {
    said: /is busy|device or resource busy/i,
    kind: "unavailable",
    message: "the camera is used by another program",
    hint: "close the other program; `sudo fuser -v DEVICE` names it; it is tried again",
  },
  {
    said: /permission denied/i,
    kind: "denied",
    message: "the camera may not be opened",
    hint: "add the user to the group: sudo usermod -aG video $USER",
  },
  {
    said: /is not a capture device/i,
    kind: "invalid",
    message: "it is no camera",
    hint: "see `sill hal list` for what is one",
  },
  {
    said: /failed to allocate required memory|buffer pool activation failed/i,
    kind: "unavailable",
    message: "the camera does not start",
    hint: "plug it out and in; choose a smaller size or rate when other cameras share its USB port",
  },
  {
    said: /could not read from resource/i,
    kind: "unavailable",
    message: "the camera stopped in the middle",
    hint: "check its plug, cable and power; it is opened again by itself",
  },
];

/** Null when nothing better is known than what the element said. `path`: of a V4L2 device. */
export function plainFault({ text, debug }: ElementSaid, name: string, path?: string): Fault | null {
  const said = `${text}\n${debug}`;
  const plain = path === undefined ? rowFor(moduleFaults, said) : deviceFault(said, path);
  if (plain === undefined) return null;
  const hint = path === undefined ? plain.hint : plain.hint.replace("DEVICE", path);
  return new Fault(plain.kind, `${name}: ${plain.message}`, { hint });
}

const rowFor = (table: readonly Plain[], said: string): Plain | undefined =>
  table.find((row) => row.said.test(said));

/** Elements do not tell a camera that was pulled out from one that broke; the device does. */
function deviceFault(said: string, path: string): Plain | undefined {
  const plain = rowFor([unplugged, ...deviceFaults], said);
  const lost = plain === undefined || plain.kind === "unavailable";
  return lost && isGone(path) ? unplugged : plain;
}
