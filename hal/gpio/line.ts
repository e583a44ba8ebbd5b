/**
 * Line: takes one GPIO line for Sill, as an input with edges or as an output.
 *
 * The line belongs to this process until `close`; the kernel gives it back by itself when the
 * process dies. Inputs are pulled to their inactive level, so that an unplugged wire is quiet.
 * Debounce is asked of the kernel; where it refuses, `kernelDebounce` is false and input.ts does it.
 */
import { Fault, toFault } from "../fault.ts";
import { type GpioChip, findChip, lineInfo, withChip } from "./chip.ts";
import { type GpioKernel, linuxKernel } from "./kernel.ts";
import {
  type LineInfo,
  type LineRequest,
  decodeLineFd,
  decodeLineValue,
  encodeLineConfig,
  encodeLineRequest,
  encodeLineValue,
  ioctls,
  lineFlags,
} from "./uapi.ts";

/** What settings say about a line. */
export interface LineOptions {
  /** Label of the chip, or "auto". */
  readonly chip: string;
  /** Offset on the chip. */
  readonly line: number;
  readonly activeLow: boolean;
  /** For tests: another kernel. */
  readonly kernel?: GpioKernel | undefined;
}

export interface Line {
  /** For people, e.g. "gpio pinctrl-rp1 17". */
  readonly name: string;
  readonly fd: number;
  readonly kernel: GpioKernel;
  readonly kernelDebounce: boolean;
  /** As it was asked for. */
  readonly request: LineRequest;
}

/** The kernel's own ENOTSUPP (524) has no name in errno.h. */
const refusesDebounce = new Set(["EINVAL", "EOPNOTSUPP", "ENOTSUP", "Unknown system error -524"]);

export async function openInputLine(options: LineOptions, debounceMs: number): Promise<Line> {
  const bias = options.activeLow ? lineFlags.biasPullUp : lineFlags.biasPullDown;
  return openLine(options, {
    flags: lineFlags.input | lineFlags.edgeRising | lineFlags.edgeFalling | bias,
    debounceUs: debounceMs * 1_000,
  });
}

/** Inactive from the moment it is taken. */
export async function openOutputLine(options: LineOptions): Promise<Line> {
  return openLine(options, { flags: lineFlags.output, debounceUs: 0, initiallyActive: false });
}

async function openLine(
  options: LineOptions,
  wish: Pick<LineRequest, "flags" | "debounceUs" | "initiallyActive">,
): Promise<Line> {
  const kernel = options.kernel ?? (await linuxKernel());
  const chip = findChip(kernel, options.chip);
  const name = `gpio ${chip.label} ${options.line}`;
  if (options.line >= chip.lines) {
    throw new Fault("invalid", `${chip.label} has lines 0 to ${chip.lines - 1}, not ${options.line}`, {
      hint: "sill hal list shows the lines",
    });
  }
  const flags = wish.flags | (options.activeLow ? lineFlags.activeLow : 0n);
  const wanted = { ...wish, flags, offset: options.line, consumer: "sill" };
  return withChip(kernel, chip.path, (chipFd) => {
    const take = (request: LineRequest): number => {
      const bytes = encodeLineRequest(request);
      kernel.ioctl(chipFd, ioctls.getLine, bytes);
      return decodeLineFd(bytes);
    };
    try {
      return { name, kernel, ...takeDebounced(take, wanted) };
    } catch (error) {
      const offset = options.line;
      if (codeOf(error) !== "EBUSY") throw toFault(error, `cannot take line ${offset} of ${chip.label}`);
      throw busy(chip, lineInfo(kernel, chipFd, offset), error);
    }
  });
}

function takeDebounced(
  take: (request: LineRequest) => number,
  wanted: LineRequest,
): Pick<Line, "fd" | "kernelDebounce" | "request"> {
  try {
    return { fd: take(wanted), kernelDebounce: true, request: wanted };
  } catch (error) {
    if (wanted.debounceUs === 0 || !refusesDebounce.has(codeOf(error))) throw error;
    const request = { ...wanted, debounceUs: 0 };
    return { fd: take(request), kernelDebounce: false, request };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function busy(chip: GpioChip, info: LineInfo, cause: unknown): Fault {
  const holder = info.consumer === "" ? "another program" : `"${info.consumer}"`;
  return new Fault("unavailable", `line ${info.offset} of ${chip.label} is in use by ${holder}`, {
    hint: "stop the program that holds it, or choose another line",
    cause,
  });
}

/**
 * Shall the kernel debounce this input or tell every edge? Only for one whose debounce it has taken.
 * False: it refused, and nothing has changed.
 */
export function setKernelDebounce({ kernel, fd, request }: Line, on: boolean): boolean {
  try {
    kernel.ioctl(fd, ioctls.setConfig, encodeLineConfig(on ? request : { ...request, debounceUs: 0 }));
    return true;
  } catch {
    return false;
  }
}

export function readLine(line: Line): boolean {
  const bytes = encodeLineValue(false);
  line.kernel.ioctl(line.fd, ioctls.getValues, bytes);
  return decodeLineValue(bytes);
}

/** Throws Fault `unavailable` or `not-found` when the chip is gone. */
export function writeLine(line: Line, active: boolean): void {
  try {
    line.kernel.ioctl(line.fd, ioctls.setValues, encodeLineValue(active));
  } catch (error) {
    throw toFault(error, `cannot set ${line.name}`);
  }
}
