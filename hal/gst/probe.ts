/**
 * Probe: what of GStreamer and its cameras does this machine have? For `sill hal list`.
 *
 * Opens no camera. A missing library is an answer here, not an error.
 */
import { toFault } from "../fault.ts";
import { chooseCamera } from "./camera-choice.ts";
import { boardModel, listVideoNodes } from "./devices.ts";
import { bestEncoder, judgeEncoders, type EncoderVerdict } from "./encoder-choice.ts";
import { encoderNames } from "./encoder-elements.ts";
import { hasElement } from "./elements.ts";
import { gstInstallHint, gstVersion, openGst } from "./lib.ts";
import type { JudgedNode } from "./video-node.ts";

export interface GstProbe {
  /** e.g. "1.22.0", or null when GStreamer is not there or too old. */
  readonly version: string | null;
  readonly elements: Readonly<Record<string, boolean>>;
  /** Every /dev/videoN, with what it is good for and why. */
  readonly nodes: readonly JudgedNode[];
  /** A camera module's receiver is there. */
  readonly module: boolean;
  /** What `camera.source: auto` would try, in this order. */
  readonly sources: readonly string[];
  /** The H.264 encoder that would be used. */
  readonly encoder: string | null;
  /** Every encoder that is known, with why it is used or not. */
  readonly encoders: readonly EncoderVerdict[];
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
  const [nodes, model] = await Promise.all([listVideoNodes(), boardModel()]);
  try {
    const version = gstVersion(openGst()).join(".");
    const elements = Object.fromEntries(
      [...Object.keys(needed), ...optional].map((name) => [name, hasElement(name)]),
    );
    const present = Object.keys(elements).filter((name) => elements[name]);
    const libcamera = present.includes("libcamerasrc");
    const { sources, module, advice } = chooseCamera({ nodes, model, libcamera });
    const encoders = judgeEncoders({ elements: present, nodes, model });
    const encoder = bestEncoder(encoders);
    const problems = [...problemsOf(elements, encoder), ...advice];
    return { version, elements, nodes, module, sources, encoder, encoders, problems };
  } catch (error) {
    const { message, hint } = toFault(error);
    const problems = [`${message}: ${hint ?? gstInstallHint()}`];
    const none = { version: null, elements: {}, module: false, sources: [], encoder: null, encoders: [] };
    return { ...none, nodes, problems };
  }
}

function problemsOf(elements: Readonly<Record<string, boolean>>, encoder: string | null): string[] {
  const missing = Object.entries(needed)
    .filter(([name]) => elements[name] !== true)
    .map(([name, pack]) => `element ${name} is missing: ${gstInstallHint([pack])}`);
  if (encoder !== null) return missing;
  return [...missing, `no H.264 encoder: ${gstInstallHint(["gstreamer1.0-plugins-ugly"])}`];
}
