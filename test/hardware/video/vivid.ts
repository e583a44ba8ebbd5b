/**
 * Vivid: the kernel's virtual camera as a bench: its inputs, its pattern, its faults, its plug.
 *
 * Controls are set on a descriptor of their own beside whoever streams, as `v4l2-ctl` would do it.
 * Numbers from drivers/media/test-drivers/vivid/vivid-ctrls.c and <linux/videodev2.h>.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { getSystemErrorName } from "node:util";
import koffi from "koffi";

const sys = "/sys/class/video4linux";
const driver = "/sys/bus/platform/drivers/vivid";
const base = 0x00f0_f000;

export const controls = {
  testPattern: base + 0,
  osdText: base + 1,
  dropPercent: base + 64,
  disconnect: base + 65,
  badFrame: base + 66,
  setupFails: base + 67,
  prepareFails: base + 68,
  startFails: base + 69,
  queueFails: base + 70,
} as const;

/** With the default input_types of the driver. */
export const inputs = { webcam: 0, hdmi: 3 } as const;

export interface Vivid {
  /** Of its capture node, which may be another one after `plugIn`. */
  readonly path: string;
  set(control: keyof typeof controls, value: number): void;
  /** Throws EBUSY while somebody streams. */
  input(input: keyof typeof inputs): void;
  /** Asks the driver for another size as another program would; throws EBUSY while somebody streams. */
  format(width: number, height: number): void;
  /** As if it was pulled out: whoever streams loses it, its node goes. */
  pullOut(): void;
  plugIn(): void;
  /** Everything as it is after boot. */
  restore(): void;
}

/** Null where the kernel has no such camera, or this user may not pull it out. */
export function findVivid(): Vivid | null {
  const instance = instanceOf();
  if (instance === null || captureNode(instance) === null) return null;
  return new Bench(instance);
}

function instanceOf(): string | null {
  if (!existsSync(driver) || process.getuid?.() !== 0) return null;
  return readdirSync(driver).find((name) => name.startsWith("vivid.")) ?? null;
}

function captureNode(instance: string): string | null {
  const nodes = readdirSync(sys).filter(
    (node) => basename(realpathSync(join(sys, node, "device"))) === instance,
  );
  const capture = nodes.find((node) =>
    readFileSync(join(sys, node, "name"), "utf8")
      .trim()
      .endsWith("-vid-cap"),
  );
  return capture === undefined ? null : `/dev/${capture}`;
}

class Bench implements Vivid {
  readonly #instance: string;

  constructor(instance: string) {
    this.#instance = instance;
  }

  get path(): string {
    const path = captureNode(this.#instance);
    if (path === null) throw new Error("vivid is pulled out");
    return path;
  }

  set(control: keyof typeof controls, value: number): void {
    // struct v4l2_control: id, value
    this.#ask(28, 8, (view) => {
      view.setUint32(0, controls[control], true);
      view.setInt32(4, value, true);
    });
  }

  input(input: keyof typeof inputs): void {
    this.#ask(39, 4, (view) => view.setInt32(0, inputs[input], true));
  }

  format(width: number, height: number): void {
    // struct v4l2_format: type, then (8-aligned) width, height, pixelformat
    this.#ask(5, 208, (view) => {
      view.setUint32(0, 1, true);
      view.setUint32(8, width, true);
      view.setUint32(12, height, true);
      view.setUint32(16, 0x5659_5559, true); // YUYV
    });
  }

  pullOut(): void {
    if (this.#bound) writeFileSync(join(driver, "unbind"), this.#instance);
  }

  plugIn(): void {
    if (!this.#bound) writeFileSync(join(driver, "bind"), this.#instance);
  }

  get #bound(): boolean {
    return existsSync(join(driver, this.#instance));
  }

  restore(): void {
    this.pullOut();
    this.plugIn();
    this.set("testPattern", 0);
    this.set("osdText", 2);
  }

  #ask(number: number, sizeBytes: number, fill: (view: DataView) => void): void {
    const bytes = new Uint8Array(sizeBytes);
    fill(new DataView(bytes.buffer));
    const descriptor = openSync(this.path, "r+");
    try {
      ioctl(descriptor, ((3 << 30) | (sizeBytes << 16) | (0x56 << 8) | number) >>> 0, bytes);
    } finally {
      closeSync(descriptor);
    }
  }
}

function ioctl(descriptor: number, request: number, bytes: Uint8Array): void {
  const call = koffi.load(null).func("int ioctl(int fd, unsigned long request, _Inout_ uint8_t *bytes)");
  if ((call(descriptor, request, bytes) as number) >= 0) return;
  const code = getSystemErrorName(-koffi.errno());
  throw Object.assign(new Error(`${code}: ioctl failed`), { code });
}
