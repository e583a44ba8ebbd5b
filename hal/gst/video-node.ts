/**
 * Video node: what is this /dev/videoN good for, and why? Pure.
 *
 * Most video devices of a Raspberry Pi are no cameras: codecs, image processors, statistics. The
 * CSI receiver's nodes are one, but give raw sensor data, so the way to it is libcamera. A USB
 * camera has a second node that only tells about the first one's pictures. The kernel's name and
 * driver decide for what is known; for the rest the node's own capabilities do (v4l2.ts).
 */
import { capable } from "./v4l2.ts";

export interface VideoNode {
  readonly path: string;
  /** The kernel's name, "" when unknown. */
  readonly name: string;
  /** The kernel's driver, "" when unknown. */
  readonly driver: string;
  /** V4L2_CAP_* of the node, null when it could not be asked. */
  readonly caps: number | null;
  /** Why it could not be asked, e.g. "EACCES"; null when it was, or nobody tried. */
  readonly errno: string | null;
}

/**
 * camera: opened by its path. module: the camera module's raw side, taken through libcamera.
 * encoder: encodes H.264. none: nothing that a doorbell could use.
 */
export type NodeUse = "camera" | "module" | "encoder" | "none";

export interface JudgedNode extends VideoNode {
  readonly use: NodeUse;
  /** For people, in a few words. */
  readonly why: string;
}

type Judgement = readonly [use: NodeUse, why: string];

const throughLibcamera: Judgement = ["module", "raw side of the camera module, used through libcamera"];
const known: readonly (readonly [RegExp, Judgement])[] = [
  [/^bcm2835-codec-encode$/, ["encoder", "H.264 encoder of the Raspberry Pi, no camera"]],
  [/^bcm2835-codec/, ["none", "codec of the Raspberry Pi, no camera"]],
  [/^(bcm2835-isp|pispbe|pisp_be)/, ["none", "image processor of the Raspberry Pi, no camera"]],
  [/^(rpivid|rpi-hevc|hevc)/, ["none", "video decoder of the Raspberry Pi, no camera"]],
  [/^(unicam-image|rp1-cfe-csi2_ch|rp1-cfe-fe_image|rp1-cfe-csi2-ch|rp1-cfe-fe-image)/, throughLibcamera],
  [/^(unicam|rp1-cfe)/, ["none", "data beside the camera module's picture"]],
];

/** Need not be asked. */
export function isKnown({ name, driver }: Pick<VideoNode, "name" | "driver">): boolean {
  return known.some(([pattern]) => pattern.test(name) || pattern.test(driver));
}

export function judgeNode(node: VideoNode): JudgedNode {
  const [use, why] = judgement(node);
  return { ...node, use, why };
}

function judgement({ name, driver, caps, errno }: VideoNode): Judgement {
  for (const [pattern, judged] of known) if (pattern.test(name) || pattern.test(driver)) return judged;
  if (caps === null) return unasked(errno);
  const can = (...bits: number[]): boolean => bits.some((bit) => (caps & bit) !== 0);
  if (can(capable.memory, capable.memoryMplane)) return ["none", "turns pictures into others, no camera"];
  if (!can(capable.capture, capable.captureMplane)) {
    if (can(capable.metaCapture)) return ["none", "tells about the pictures of another node"];
    if (can(capable.output, capable.outputMplane, capable.metaOutput))
      return ["none", "takes pictures and gives none"];
    return ["none", "gives no pictures"];
  }
  if (can(capable.mediaPipeline)) return ["module", "part of a media pipeline, used through libcamera"];
  return ["camera", "V4L2 camera"];
}

/** It may still be a camera: whoever opens it hears the reason in full. */
function unasked(errno: string | null): Judgement {
  if (errno === null) return ["camera", "perhaps a V4L2 camera"];
  if (errno === "EACCES" || errno === "EPERM") return ["camera", "may not be opened: join the group video"];
  if (errno === "EBUSY") return ["camera", "used by another program"];
  if (errno === "ENOTTY" || errno === "EINVAL") return ["none", "no video device"];
  return ["none", `does not answer (${errno})`];
}
