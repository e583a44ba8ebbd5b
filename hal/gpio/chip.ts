/**
 * Chip: which GPIO chips there are, and which one is meant.
 *
 * Chips are found by label, because their numbers change with the kernel (the Pi 5's changed
 * twice). `auto` tries the labels of the Raspberry Pi's header, newest first; any other chip,
 * the kernel's simulated one included, must be named.
 */
import { Fault, toFault } from "../fault.ts";
import type { GpioKernel } from "./kernel.ts";
import {
  type ChipInfo,
  type LineInfo,
  decodeChipInfo,
  decodeLineInfo,
  encodeLineInfoQuery,
  ioctls,
  sizes,
} from "./uapi.ts";

/** Pi 5 and CM5; Pi 4 and CM4; Zero 2 W, Pi 3 and older. */
export const autoLabels = ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"] as const;

export interface GpioChip extends ChipInfo {
  readonly path: string;
}

/** A chip that was found and could be opened, or why it could not. */
export type ChipFound = { readonly chip: GpioChip } | { readonly path: string; readonly fault: Fault };

/** Runs `use` with the chip's descriptor, which is closed again whatever happens. */
export function withChip<T>(kernel: GpioKernel, path: string, use: (fd: number) => T): T {
  const fd = openChip(kernel, path);
  try {
    return use(fd);
  } finally {
    kernel.close(fd);
  }
}

function openChip(kernel: GpioKernel, path: string): number {
  try {
    return kernel.open(path);
  } catch (error) {
    const fault = toFault(error, `cannot open ${path}`);
    const hint = "add the user to group gpio: sudo usermod -aG gpio <user>, then log in again";
    throw fault.kind === "denied" ? new Fault("denied", fault.message, { hint, cause: error }) : fault;
  }
}

export function listChips(kernel: GpioKernel): ChipFound[] {
  return kernel.chips().map((path) => {
    try {
      return { chip: { path, ...withChip(kernel, path, (fd) => chipInfo(kernel, fd)) } };
    } catch (error) {
      return { path, fault: toFault(error, `cannot ask ${path}`) };
    }
  });
}

function chipInfo(kernel: GpioKernel, fd: number): ChipInfo {
  const bytes = new Uint8Array(sizes.chipInfo);
  kernel.ioctl(fd, ioctls.getChipInfo, bytes);
  return decodeChipInfo(bytes);
}

export function lineInfo(kernel: GpioKernel, fd: number, offset: number): LineInfo {
  const bytes = encodeLineInfoQuery(offset);
  kernel.ioctl(fd, ioctls.getLineInfo, bytes);
  return decodeLineInfo(bytes);
}

export function listLines(kernel: GpioKernel, chip: GpioChip): LineInfo[] {
  return withChip(kernel, chip.path, (fd) =>
    Array.from({ length: chip.lines }, (_, offset) => lineInfo(kernel, fd, offset)),
  );
}

/** Throws Fault: `not-found` (no such label), `denied` (it may be there, but chips cannot be read). */
export function findChip(kernel: GpioKernel, label: string): GpioChip {
  const found = listChips(kernel);
  const chips = found.flatMap((one) => ("chip" in one ? [one.chip] : []));
  for (const wanted of label === "auto" ? autoLabels : [label]) {
    const chip = chips.find((one) => one.label === wanted);
    if (chip !== undefined) return chip;
  }
  for (const one of found) if ("fault" in one) throw one.fault;
  throw notFound(label, chips);
}

function notFound(label: string, chips: readonly GpioChip[]): Fault {
  const there = chips.map((chip) => chip.label).join(", ");
  const seen = there === "" ? "this machine has none" : `found: ${there}`;
  const wanted =
    label === "auto" ? `Raspberry Pi GPIO chip (${autoLabels.join(", ")})` : `GPIO chip "${label}"`;
  return new Fault("not-found", `no ${wanted}; ${seen}`, {
    hint: "sill hal list shows the chips; set the driver to none or sim where there is no GPIO",
  });
}
