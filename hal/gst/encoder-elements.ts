/**
 * Encoder elements: which H.264 encoders are known, in order of preference, and how each is told
 * the same thing: constrained baseline, no B-frames, a keyframe every gopFrames and nowhere else.
 *
 * x264 runs with one thread: its output then does not depend on the number of cores, and it needs
 * the least work per frame. v4l2h264enc takes profile and level from the caps behind it and the rest
 * from the driver's controls; those that a driver does not have are passed over.
 */
import type { EncoderSettings } from "../encoder.ts";

export const encoderNames = ["v4l2h264enc", "x264enc", "openh264enc"] as const;
export type EncoderName = (typeof encoderNames)[number];

export type EncoderTold = Pick<EncoderSettings, "bitrateKbps" | "gopFrames"> & {
  /** H.264 level, for hardware that must be told. */
  readonly level: string;
};

const avc = "video/x-h264,stream-format=avc,alignment=au";
const parsed = `h264parse ! ${avc}`;

const chains: Readonly<Record<EncoderName, (told: EncoderTold) => string>> = {
  v4l2h264enc: ({ bitrateKbps, gopFrames, level }) =>
    `v4l2h264enc extra-controls="controls,video_bitrate=${bitrateKbps * 1000},h264_i_frame_period=${gopFrames},video_gop_size=${gopFrames},repeat_sequence_header=1" ! video/x-h264,profile=constrained-baseline,level=(string)${level} ! ${parsed}`,
  x264enc: ({ bitrateKbps, gopFrames }) =>
    `x264enc tune=zerolatency speed-preset=ultrafast threads=1 sliced-threads=false bframes=0 aud=false bitrate=${bitrateKbps} key-int-max=${gopFrames} option-string="scenecut=0:open-gop=0:keyint=${gopFrames}:min-keyint=${gopFrames}" ! ${avc},profile=constrained-baseline`,
  openh264enc: ({ bitrateKbps, gopFrames }) =>
    `openh264enc rate-control=bitrate bitrate=${bitrateKbps * 1000} max-bitrate=${bitrateKbps * 2000} gop-size=${gopFrames} scene-change-detection=false enable-frame-skip=false multi-thread=1 complexity=low ! ${parsed}`,
};

/** From raw I420 to AVC access units, as a piece of a pipeline description. */
export function encoderChain(name: EncoderName, told: EncoderTold): string {
  return chains[name](told);
}
