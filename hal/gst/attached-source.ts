/**
 * Attached source: a camera on this machine, through V4L2 or libcamera, and in which order its formats are asked for. Pure.
 */
import { rateFraction } from "./caps.ts";
import type { Described, SourceOptions } from "./source-options.ts";
import { convert, decodeTail, toSink, turn } from "./source-tail.ts";

/** The rate asked for, else a quicker one, raw before compressed; a slower one only when there is no other. */
function v4l2Choices({ width, height, fps, format }: SourceOptions): string {
  const rates = [`=${rateFraction(fps)}`, `=[${rateFraction(fps)},240/1]`, ""];
  const raw = format === undefined ? "video/x-raw" : `video/x-raw,format=${format}`;
  const choices = rates.flatMap((rate) =>
    [raw, ...(format === undefined ? ["image/jpeg"] : [])].map(
      (kind) => `${kind},width=${width},height=${height}${rate === "" ? "" : `,framerate${rate}`}`,
    ),
  );
  return choices.join(";");
}

export function v4l2Source(options: SourceOptions): Described {
  const { source } = options;
  return {
    name: `gst v4l2 ${source}`,
    live: true,
    finite: false,
    description: `v4l2src name=source ! ${v4l2Choices(options)} ! ${decodeTail(options, true)}`,
    properties: { device: source },
    path: source,
  };
}

/**
 * I420 first: then nothing has to be converted. Formats and colours are named because some versions
 * of libcamerasrc offer more than they can give; the last choice is for those that offer less.
 */
export function libcameraSource(options: SourceOptions): Described {
  const { width, height, fps } = options;
  const size = `width=${width},height=${height}`;
  const raw = `video/x-raw,format=(string){I420,NV12},${size}`;
  const rate = `framerate=${rateFraction(fps)}`;
  const choices = [`${raw},${rate},colorimetry=bt709`, `${raw},${rate}`, raw, `video/x-raw,${size}`];
  return {
    name: "gst libcamera",
    live: true,
    finite: false,
    description: `libcamerasrc name=source ! ${choices.join(";")} ! videorate drop-only=true max-rate=${Math.ceil(fps)} ! ${convert(options)}${turn(options)} ! ${toSink(true)}`,
    properties: {},
  };
}
