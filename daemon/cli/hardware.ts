/**
 * Hardware in words: the list of hal/list.ts as rows that name the setting which picks each thing.
 *
 * Pure. A part that could not be asked stays in the table with its reason; its hint is told apart.
 */
import type { EncoderVerdict } from "../../hal/gst/encoder-choice.ts";
import type { JudgedNode } from "../../hal/gst/video-node.ts";
import type { GpioListing, HardwareList } from "../../hal/list.ts";
import { autoLabels } from "../../hal/gpio/chip.ts";

export interface HardwareText {
  /** Kind, name, what it is, setting. */
  readonly rows: readonly (readonly string[])[];
  readonly hints: readonly string[];
}

export function hardwareText({ gpio, video, gst }: HardwareList): HardwareText {
  const softwareRows = [["software", "GStreamer", gst.version ?? "not usable", ""]];
  const encoderRows = gst.encoders.map((verdict) => encoderRow(verdict, gst.encoder));
  const hints = [...gst.problems, ...gpio.flatMap(({ fault }) => fault?.hint ?? [])];
  if (!gst.module && !video.some(({ use }) => use === "camera"))
    hints.push("no camera here; RTSP cameras are not searched for, name yours in camera.source");
  if (gpio.length === 0) hints.push("no GPIO chip here; the simulated porch needs none");
  return {
    rows: [...video.map(videoRow), ...moduleRow(gst), ...gpio.map(gpioRow), ...softwareRows, ...encoderRows],
    hints,
  };
}

const videoKinds = { camera: "camera", module: "video", encoder: "video", none: "video" } as const;

/** Each node with why it is a camera or none: the name that the kernel gives it says little. */
function videoRow({ path, name, use, why }: JudgedNode): string[] {
  const setting = use === "camera" ? `--camera.driver=gst --camera.source=${path}` : "";
  return [videoKinds[use], path, name === "" ? why : `${name}: ${why}`, setting];
}

function moduleRow({ elements, module }: HardwareList["gst"]): string[][] {
  if (elements["libcamerasrc"] !== true) return [];
  const what = module ? "Raspberry Pi camera" : "for camera modules; none is seen here";
  return [["camera", "libcamera", what, "--camera.driver=gst --camera.source=libcamera"]];
}

function encoderRow({ name, usable, why }: EncoderVerdict, best: string | null): string[] {
  if (!usable) return ["encoder", name, `not used: ${why}`, ""];
  return ["encoder", name, name === best ? why : `${why}, not used: ${best ?? ""} is better`, ""];
}

function gpioRow({ path, label, lines, fault }: GpioListing): string[] {
  if (fault !== null) return ["gpio", label || path, fault.message, ""];
  const used = lines.filter((line) => line.used).length;
  const isHeader = autoLabels.some((known) => known === label);
  const setting = isHeader ? "--button.driver=gpio" : `--button.driver=gpio --button.chip=${label}`;
  return ["gpio", label, `${path}, ${lines.length} lines, ${used} in use`, setting];
}
