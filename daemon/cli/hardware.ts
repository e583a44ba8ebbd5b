/**
 * Hardware in words: the list of hal/list.ts as rows that name the setting which picks each thing.
 *
 * Pure. A part that could not be asked stays in the table with its reason; its hint is told apart.
 */
import type { GpioListing, HardwareList } from "../../hal/list.ts";
import { autoLabels } from "../../hal/gpio/chip.ts";

export interface HardwareText {
  /** Kind, name, what it is, setting. */
  readonly rows: readonly (readonly string[])[];
  readonly hints: readonly string[];
}

export function hardwareText({ gpio, cameras, gst }: HardwareList): HardwareText {
  const softwareRows = [["software", "GStreamer", gst.version ?? "not usable", ""]];
  if (gst.elements["libcamerasrc"] === true) {
    softwareRows.push([
      "camera",
      "libcamera",
      "Raspberry Pi camera",
      "--camera.driver=gst --camera.source=libcamera",
    ]);
  }
  if (gst.encoder !== null) softwareRows.push(["encoder", gst.encoder, encoderText(gst.encoder), ""]);
  const cameraRows = cameras.map(({ path, name }) => {
    return ["camera", path, name || "V4L2 camera", `--camera.driver=gst --camera.source=${path}`];
  });
  const hints = [...gst.problems, ...gpio.flatMap(({ fault }) => fault?.hint ?? [])];
  if (cameras.length === 0)
    hints.push("no V4L2 camera here; RTSP cameras are not searched for, name yours in camera.source");
  if (gpio.length === 0) hints.push("no GPIO chip here; the simulated porch needs none");
  return { rows: [...cameraRows, ...gpio.map(gpioRow), ...softwareRows], hints };
}

function encoderText(name: string): string {
  return name.startsWith("v4l2") ? "H.264 in hardware" : "H.264 in software";
}

function gpioRow({ path, label, lines, fault }: GpioListing): string[] {
  if (fault !== null) return ["gpio", label || path, fault.message, ""];
  const used = lines.filter((line) => line.used).length;
  const isHeader = autoLabels.some((known) => known === label);
  const setting = isHeader ? "--button.driver=gpio" : `--button.driver=gpio --button.chip=${label}`;
  return ["gpio", label, `${path}, ${lines.length} lines, ${used} in use`, setting];
}
