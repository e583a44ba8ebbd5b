/**
 * A GPIO kernel made of pipes: what the drivers talk to where there is no chip.
 *
 * Its descriptors are real, so that watching, reading, end of file and leaks are real too; only
 * the ioctls are answered here. Struct offsets are written out from <linux/gpio.h> by hand on
 * purpose: they check hal/gpio/uapi.ts instead of repeating it.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import koffi from "koffi";
import { type GpioKernel, linuxKernel } from "../../../hal/gpio/kernel.ts";
import type { Clock } from "../../../hal/sensors.ts";

const pipe2 = koffi.load(null).func("int pipe2(_Out_ int *fds, int flags)");
const closeOnExec = 0o2000000;

export interface SimulatedChip {
  readonly path: string;
  readonly label: string;
  readonly lines: number;
  /** Throw this errno when the chip is opened. */
  readonly openFails?: string;
  /** Throw this errno when a line is asked for. */
  readonly linesFail?: string;
  /** Who holds which line. */
  readonly busy?: Readonly<Record<number, string>>;
  readonly refusesDebounce?: string;
  /** Lines that are active when they are asked. */
  readonly active?: readonly number[];
}

interface TakenLine {
  readonly fd: number;
  request: TakenRequest;
  readonly writeFd: number | null;
  seqno: number;
  unread: number;
  level: boolean;
}

export interface TakenRequest {
  readonly offset: number;
  readonly consumer: string;
  readonly flags: bigint;
  readonly debounceUs: number | null;
  readonly outputValue: bigint | null;
}

export function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function pipe(): [number, number] {
  const fds: [number, number] = [0, 0];
  if (pipe2(fds, closeOnExec) !== 0) throw new Error("no pipe");
  return fds;
}

function text(bytes: Uint8Array, at: number, value: string): void {
  Buffer.from(bytes.buffer, bytes.byteOffset).write(value, at, 31);
}

export function lineEvent(timestampNs: bigint, active: boolean, lineSeqno: number): Buffer {
  const bytes = Buffer.alloc(48);
  bytes.writeBigUInt64LE(timestampNs, 0);
  bytes.writeUInt32LE(active ? 1 : 2, 8);
  bytes.writeUInt32LE(17, 12);
  bytes.writeUInt32LE(lineSeqno, 16);
  bytes.writeUInt32LE(lineSeqno, 20);
  return bytes;
}

function readRequest(bytes: Buffer): TakenRequest {
  const attrs = new Map<number, bigint>();
  for (let at = 320; at < 320 + bytes.readUInt32LE(296) * 24; at += 24) {
    attrs.set(bytes.readUInt32LE(at), bytes.readBigUInt64LE(at + 8));
  }
  const debounceUs = attrs.get(3);
  return {
    offset: bytes.readUInt32LE(0),
    consumer: bytes.toString("utf8", 256, bytes.indexOf(0, 256)),
    flags: bytes.readBigUInt64LE(288),
    debounceUs: debounceUs === undefined ? null : Number(debounceUs),
    outputValue: attrs.get(2) ?? null,
  };
}

export class SimulatedKernel implements GpioKernel {
  /** Every level that an output was given. */
  readonly written: { readonly offset: number; readonly active: boolean; readonly atMs: number }[] = [];
  gone = false;
  /** The event loop is too busy to tell that there is something to read. */
  busy = false;
  /** Asking for a level fails with this errno. */
  valueFails: string | null = null;
  /** Changing a line that is taken fails with this errno. */
  configFails: string | null = null;
  #hungUp = false;
  readonly #chips: readonly SimulatedChip[];
  readonly #clock: Clock;
  readonly #linux: GpioKernel;
  readonly #openChips = new Map<number, SimulatedChip>();
  readonly #lines = new Map<number, TakenLine>();

  constructor(linux: GpioKernel, clock: Clock, ...chips: SimulatedChip[]) {
    this.#chips = chips;
    this.#clock = clock;
    this.#linux = linux;
  }

  static async create(clock: Clock, ...chips: SimulatedChip[]): Promise<SimulatedKernel> {
    return new SimulatedKernel(await linuxKernel(), clock, ...chips);
  }

  /** Descriptors of chips and lines that nobody closed. */
  get openDescriptors(): number {
    return this.#openChips.size + this.#lines.size;
  }

  request(offset: number): TakenRequest {
    return this.#line(offset).request;
  }

  level(offset: number): boolean {
    return this.#line(offset).level;
  }

  /** One edge, stamped `agoMs` before now; resolves when it was read. */
  async edge(offset: number, active: boolean, agoMs = 0): Promise<void> {
    this.queueEdge(offset, active, agoMs);
    await this.allRead(offset);
  }

  /** One edge that waits to be read. */
  queueEdge(offset: number, active: boolean, agoMs = 0): void {
    const line = this.#line(offset);
    line.level = active;
    line.seqno = (line.seqno + 1) >>> 0;
    this.feed(offset, lineEvent(this.nowNs() - BigInt(Math.round(agoMs * 1e6)), active, line.seqno));
  }

  /** The wire changes while the kernel says nothing of it. */
  setLevel(offset: number, active: boolean): void {
    this.#line(offset).level = active;
  }

  feed(offset: number, bytes: Uint8Array): void {
    const line = this.#line(offset);
    if (line.writeFd === null) throw new Error("an output has no edges");
    line.unread += writeSync(line.writeFd, bytes);
  }

  /** The kernel's queue overran: these events never come. */
  overrun(offset: number, events: number): void {
    this.#line(offset).seqno += events;
  }

  /** Resolves when everything was read. */
  async allRead(offset: number): Promise<void> {
    await this.#until(() => this.#find(offset) === undefined || this.#line(offset).unread === 0);
  }

  /** Takes the chip away without a word to who waits for its lines, as kernels before 6.6 do. */
  unplugSilently(): void {
    this.gone = true;
  }

  /** Takes the chip away; resolves when the line's reader has let go of it. */
  async unplug(offset: number): Promise<void> {
    this.gone = true;
    this.#hungUp = true;
    const line = this.#line(offset);
    if (line.writeFd !== null) closeSync(line.writeFd);
    await this.#until(() => this.#find(offset) === undefined);
  }

  chips(): string[] {
    return this.#chips.map((chip) => chip.path);
  }

  open(path: string): number {
    const chip = this.#chips.find((one) => one.path === path);
    if (chip === undefined || this.gone) throw errno("ENOENT");
    if (chip.openFails !== undefined) throw errno(chip.openFails);
    const fd = openSync("/dev/null", "r");
    this.#openChips.set(fd, chip);
    return fd;
  }

  ioctl(fd: number, request: number, given: Uint8Array): void {
    if (this.gone) throw errno("ENODEV");
    const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    if (request === 0x8044b401) return this.#chipInfo(this.#chip(fd), bytes);
    if (request === 0xc100b405) return this.#lineInfo(this.#chip(fd), bytes);
    if (request === 0xc250b407) return this.#takeLine(this.#chip(fd), bytes);
    const line = this.#lines.get(fd);
    if (line === undefined) throw errno("EBADF");
    if (request === 0xc110b40d) return this.#setConfig(line, bytes);
    if (request === 0xc010b40e && this.valueFails !== null) throw errno(this.valueFails);
    if (request === 0xc010b40e) return void bytes.writeBigUInt64LE(line.level ? 1n : 0n, 0);
    if (request === 0xc010b40f) return this.#setValue(line, bytes);
    throw errno("ENOTTY");
  }

  read(fd: number, into: Uint8Array): number {
    const length = this.#linux.read(fd, into);
    const line = this.#lines.get(fd);
    if (line !== undefined) line.unread -= length;
    return length;
  }

  close(fd: number): void {
    const line = this.#lines.get(fd);
    if (!this.#openChips.delete(fd) && !this.#lines.delete(fd)) throw errno("EBADF");
    if (line !== undefined && line.writeFd !== null && !this.#hungUp) closeSync(line.writeFd);
    this.#linux.close(fd);
  }

  watch(fd: number, onReady: (failed: boolean) => void): () => void {
    return this.#linux.watch(fd, (failed) => {
      if (!this.busy) onReady(failed);
    });
  }

  nowNs(): bigint {
    return BigInt(Math.round(this.#clock.monoMs() * 1e6)) + 5_000_000_000n;
  }

  #chip(fd: number): SimulatedChip {
    const chip = this.#openChips.get(fd);
    if (chip === undefined) throw errno("EBADF");
    return chip;
  }

  #find(offset: number): TakenLine | undefined {
    return Array.from(this.#lines.values()).find((line) => line.request.offset === offset);
  }

  #line(offset: number): TakenLine {
    const line = this.#find(offset);
    if (line === undefined) throw new Error(`line ${offset} is not taken`);
    return line;
  }

  #chipInfo(chip: SimulatedChip, bytes: Buffer): void {
    text(bytes, 0, chip.path.slice("/dev/".length));
    text(bytes, 32, chip.label);
    bytes.writeUInt32LE(chip.lines, 64);
  }

  #lineInfo(chip: SimulatedChip, bytes: Buffer): void {
    const offset = bytes.readUInt32LE(64);
    if (chip.linesFail !== undefined) throw errno(chip.linesFail);
    if (offset >= chip.lines) throw errno("EINVAL");
    const holder = chip.busy?.[offset];
    text(bytes, 0, `GPIO${offset}`);
    text(bytes, 32, holder ?? "");
    bytes.writeBigUInt64LE(holder === undefined ? 4n : 5n, 72);
  }

  #takeLine(chip: SimulatedChip, bytes: Buffer): void {
    const request = readRequest(bytes);
    if (chip.busy?.[request.offset] !== undefined || this.#find(request.offset)) throw errno("EBUSY");
    if (request.debounceUs !== null && chip.refusesDebounce !== undefined) throw errno(chip.refusesDebounce);
    const output = (request.flags & 8n) !== 0n;
    const [fd, writeFd] = output ? [openSync("/dev/null", "r"), null] : pipe();
    const level = output ? request.outputValue === 1n : (chip.active?.includes(request.offset) ?? false);
    this.#lines.set(fd, { fd, writeFd, request, level, seqno: 0, unread: 0 });
    bytes.writeInt32LE(fd, 588);
  }

  /** The line's configuration lies at byte 288 of a request, and is the whole of this one. */
  #setConfig(line: TakenLine, bytes: Buffer): void {
    if (this.configFails !== null) throw errno(this.configFails);
    const whole = Buffer.alloc(592);
    bytes.copy(whole, 288);
    const { flags, debounceUs } = readRequest(whole);
    line.request = { ...line.request, flags, debounceUs };
  }

  #setValue(line: TakenLine, bytes: Buffer): void {
    if (bytes.readBigUInt64LE(8) !== 1n) throw errno("EINVAL");
    line.level = bytes.readBigUInt64LE(0) === 1n;
    this.written.push({ offset: line.request.offset, active: line.level, atMs: this.#clock.monoMs() });
  }

  async #until(done: () => boolean): Promise<void> {
    for (let turn = 0; turn < 10_000; turn++) {
      if (done()) return;
      await nextTurn();
    }
    throw new Error("the line was never read");
  }
}
