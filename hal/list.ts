/**
 * List: what hardware does this machine have, as one plain object (it survives JSON).
 *
 * Asks GPIO chips for their lines, video devices what they are, GStreamer for its elements. Opens
 * no camera and takes no line. A part that cannot be asked is told with its fault; the others are
 * still listed, so this never rejects for what is missing.
 */
import { type Fault, toFault } from "./fault.ts";
import { type GpioChip, listChips, listLines } from "./gpio/chip.ts";
import { type GpioKernel, linuxKernel } from "./gpio/kernel.ts";
import type { LineInfo } from "./gpio/uapi.ts";
import { type GstProbe, probeGst } from "./gst/probe.ts";
import type { JudgedNode } from "./gst/video-node.ts";

export interface ToldFault {
  readonly kind: string;
  readonly message: string;
  readonly hint: string | null;
}

export interface GpioListing {
  /** Where it was found, e.g. "/dev/gpiochip0". */
  readonly path: string;
  /** What settings name it; "" when it could not be asked. */
  readonly label: string;
  /** With who holds them; empty when it could not be asked. */
  readonly lines: readonly LineInfo[];
  readonly fault: ToldFault | null;
}

export interface HardwareList {
  readonly gpio: readonly GpioListing[];
  /** Every /dev/videoN: `use` says which ones are cameras, `why` why not. */
  readonly video: readonly JudgedNode[];
  readonly gst: Omit<GstProbe, "nodes">;
}

/** `openKernel` is for tests: another kernel. */
export async function listHardware(
  openKernel: () => Promise<GpioKernel> = linuxKernel,
): Promise<HardwareList> {
  const { nodes, ...gst } = await probeGst();
  return { gpio: await listGpio(openKernel), video: nodes, gst };
}

async function listGpio(openKernel: () => Promise<GpioKernel>): Promise<GpioListing[]> {
  try {
    const kernel = await openKernel();
    return listChips(kernel).map((found) =>
      "chip" in found ? listChip(kernel, found.chip) : unasked(found.path, "", found.fault),
    );
  } catch (error) {
    return [unasked("/dev", "", toFault(error))];
  }
}

function listChip(kernel: GpioKernel, chip: GpioChip): GpioListing {
  try {
    return { path: chip.path, label: chip.label, lines: listLines(kernel, chip), fault: null };
  } catch (error) {
    return unasked(chip.path, chip.label, toFault(error));
  }
}

function unasked(path: string, label: string, { kind, message, hint }: Fault): GpioListing {
  return { path, label, lines: [], fault: { kind, message, hint: hint ?? null } };
}
