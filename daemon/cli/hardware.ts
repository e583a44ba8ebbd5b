/**
 * Hardware: what of this machine the doorbell could use, for `sill hal list`.
 *
 * Looks and opens nothing for longer than the look takes. A part that cannot be asked (GStreamer
 * not installed, a chip that may not be read) is told with its Fault; the others are still listed.
 */
import { Fault, toFault } from "../../hal/fault.ts";
import { autoLabels, listChips } from "../../hal/gpio/chip.ts";
import { linuxKernel, type GpioKernel } from "../../hal/gpio/kernel.ts";
import { listVideoDevices } from "../../hal/gst/devices.ts";

export interface Device {
  readonly kind: "camera" | "gpio" | "encoder" | "software";
  /** What a setting names it: "/dev/video0", "pinctrl-rp1". */
  readonly name: string;
  readonly about: string;
  /** The setting that picks it; null = nothing to set. */
  readonly setting: string | null;
  readonly fault: { readonly kind: string; readonly message: string; readonly hint?: string } | null;
}

export async function listHardware(): Promise<Device[]> {
  return [...(await cameras()), ...(await chips(linuxKernel)), ...(await software())];
}

async function cameras(): Promise<Device[]> {
  const devices = await listVideoDevices();
  return devices.map(({ path, name }) => ({
    kind: "camera",
    name: path,
    about: name === "" ? "V4L2 camera" : name,
    setting: `--camera.driver=gst --camera.source=${path}`,
    fault: null,
  }));
}

export async function chips(open: () => Promise<GpioKernel>): Promise<Device[]> {
  try {
    return listChips(await open()).map((found): Device => {
      if ("fault" in found) return broken("gpio", found.path, found.fault);
      const { path, label, lines } = found.chip;
      const isHeader = autoLabels.some((known) => known === label);
      const setting = isHeader ? "--button.driver=gpio" : `--button.driver=gpio --button.chip=${label}`;
      return { kind: "gpio", name: label, about: `${lines} lines, ${path}`, setting, fault: null };
    });
  } catch (error) {
    return [broken("gpio", "GPIO", toFault(error))];
  }
}

/** Loads GStreamer, so it comes last and only here. */
async function software(): Promise<Device[]> {
  try {
    const { gstVersion, openGst } = await import("../../hal/gst/lib.ts");
    const { availableEncoders } = await import("../../hal/gst/encoder.ts");
    const { pickEncoder } = await import("../../hal/gst/encoder-elements.ts");
    const { hasElement } = await import("../../hal/gst/elements.ts");
    const version: Device = {
      kind: "software",
      name: `GStreamer ${gstVersion(openGst()).join(".")}`,
      about: hasElement("libcamerasrc") ? "with libcamera" : "without libcamera (gstreamer1.0-libcamera)",
      setting: hasElement("libcamerasrc") ? "--camera.driver=gst --camera.source=libcamera" : null,
      fault: null,
    };
    const available = availableEncoders();
    const used = pickEncoder(available);
    const encoders = available.map((name): Device => {
      const about = `${name === "v4l2h264enc" ? "H.264 in hardware" : "H.264 in software"}${name === used ? ", used" : ""}`;
      return { kind: "encoder", name, about, setting: null, fault: null };
    });
    const none = new Fault("not-found", "no H.264 encoder", {
      hint: "apt-get install gstreamer1.0-plugins-ugly",
    });
    return encoders.length === 0 ? [version, broken("encoder", "H.264", none)] : [version, ...encoders];
  } catch (error) {
    return [broken("software", "GStreamer", toFault(error))];
  }
}

function broken(kind: Device["kind"], name: string, { kind: fault, message, hint }: Fault): Device {
  const told = { kind: fault, message, ...(hint === undefined ? {} : { hint }) };
  return { kind, name, about: message, setting: null, fault: told };
}
