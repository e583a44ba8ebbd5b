/**
 * Probe: what of GStreamer and its cameras does this machine have? For `sill hal list`.
 *
 * Opens no camera. A missing library is an answer here, not an error.
 */
import { toFault } from "../fault.ts";
import { listVideoDevices, type VideoDevice } from "./devices.ts";
import { encoderNames, pickEncoder } from "./encoder-elements.ts";
import { hasElement } from "./elements.ts";
import { availableEncoders } from "./encoder.ts";
import { gstInstallHint, gstVersion, openGst } from "./lib.ts";

export interface GstProbe {
  /** e.g. "1.22.0", or null when GStreamer is not there or too old. */
  readonly version: string | null;
  readonly elements: Readonly<Record<string, boolean>>;
  readonly devices: readonly VideoDevice[];
  /** The H.264 encoder that would be used. */
  readonly encoder: string | null;
  /** What is wrong and how to mend it; empty when all is there. */
  readonly problems: readonly string[];
}

/** Element -> Debian package. The first group is needed, the second used where present. */
const needed: Readonly<Record<string, string>> = {
  appsrc: "gstreamer1.0-plugins-base",
  decodebin: "gstreamer1.0-plugins-base",
  videoconvert: "gstreamer1.0-plugins-base",
  videoscale: "gstreamer1.0-plugins-base",
  videoflip: "gstreamer1.0-plugins-good",
  v4l2src: "gstreamer1.0-plugins-good",
  rtspsrc: "gstreamer1.0-plugins-good",
  qtdemux: "gstreamer1.0-plugins-good",
  jpegenc: "gstreamer1.0-plugins-good",
  h264parse: "gstreamer1.0-plugins-bad",
  avdec_h264: "gstreamer1.0-libav",
};
const optional = ["libcamerasrc", ...encoderNames];

export async function probeGst(): Promise<GstProbe> {
  const devices = await listVideoDevices();
  try {
    const version = gstVersion(openGst()).join(".");
    const elements = Object.fromEntries(
      [...Object.keys(needed), ...optional].map((name) => [name, hasElement(name)]),
    );
    const encoder = pickEncoder(availableEncoders());
    return { version, elements, devices, encoder, problems: problemsOf(elements, encoder) };
  } catch (error) {
    const { message, hint } = toFault(error);
    return {
      version: null,
      elements: {},
      devices,
      encoder: null,
      problems: [`${message}: ${hint ?? gstInstallHint()}`],
    };
  }
}

function problemsOf(elements: Readonly<Record<string, boolean>>, encoder: string | null): string[] {
  const missing = Object.entries(needed)
    .filter(([name]) => elements[name] !== true)
    .map(([name, pack]) => `element ${name} is missing: ${gstInstallHint([pack])}`);
  if (encoder !== null) return missing;
  return [...missing, `no H.264 encoder: ${gstInstallHint(["gstreamer1.0-plugins-ugly"])}`];
}
