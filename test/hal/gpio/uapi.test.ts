import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as uapi from "../../../hal/gpio/uapi.ts";
import { lineEvent } from "./simulated-kernel.ts";

test("structs and ioctl numbers are the documented ones", () => {
  expect(uapi.sizes).toEqual({
    chipInfo: 68,
    lineInfo: 256,
    lineConfig: 272,
    lineRequest: 592,
    lineEvent: 48,
    lineValues: 16,
  });
  expect(uapi.ioctls).toEqual({
    getChipInfo: 0x8044b401,
    getLineInfo: 0xc100b405,
    getLine: 0xc250b407,
    setConfig: 0xc110b40d,
    getValues: 0xc010b40e,
    setValues: 0xc010b40f,
  });
});

const compiler = ["/usr/bin/cc", "/usr/bin/gcc"].find((path) => existsSync(path));
const withHeader = test.skipIf(compiler === undefined || !existsSync("/usr/include/linux/gpio.h"));

withHeader("the C compiler gives the same layout as this file", () => {
  const folder = mkdtempSync(join(tmpdir(), "sill-uapi-"));
  const source = `#include <linux/gpio.h>
    #include <stddef.h>
    #include <stdio.h>
    #define AT(member) offsetof(struct gpio_v2_line_request, member)
    int main(void) { printf("[%zu,%zu,%zu,%zu,%zu,%zu,%zu,%u,%u,%u,%u,%u,%u]",
      sizeof(struct gpio_v2_line_request), sizeof(struct gpio_v2_line_info), sizeof(struct gpio_v2_line_event),
      AT(config.attrs), AT(num_lines), AT(fd), offsetof(struct gpio_v2_line_event, line_seqno),
      (unsigned)GPIO_GET_CHIPINFO_IOCTL, (unsigned)GPIO_V2_GET_LINEINFO_IOCTL, (unsigned)GPIO_V2_GET_LINE_IOCTL, (unsigned)GPIO_V2_LINE_SET_CONFIG_IOCTL,
      (unsigned)GPIO_V2_LINE_GET_VALUES_IOCTL, (unsigned)GPIO_V2_LINE_SET_VALUES_IOCTL); }`;
  writeFileSync(join(folder, "layout.c"), source);
  execFileSync(compiler ?? "cc", [join(folder, "layout.c"), "-o", join(folder, "layout")]);
  const layout: unknown = JSON.parse(execFileSync(join(folder, "layout"), { encoding: "utf8" }));
  rmSync(folder, { recursive: true });
  const { sizes, ioctls } = uapi;
  const offsets = [320, 560, 588, 20];
  const numbers = [
    ioctls.getChipInfo,
    ioctls.getLineInfo,
    ioctls.getLine,
    ioctls.setConfig,
    ioctls.getValues,
    ioctls.setValues,
  ];
  expect(layout).toEqual([sizes.lineRequest, sizes.lineInfo, sizes.lineEvent, ...offsets, ...numbers]);
});

test("a request asks for one line, with debounce and the name of who asks", () => {
  const flags = uapi.lineFlags.input | uapi.lineFlags.edgeRising | uapi.lineFlags.biasPullUp;
  const bytes = uapi.encodeLineRequest({ offset: 17, consumer: "sill", flags, debounceUs: 20_000 });
  const view = Buffer.from(bytes);
  expect(bytes.length).toBe(592);
  expect(view.readUInt32LE(0)).toBe(17);
  expect(view.toString("utf8", 256, 261)).toBe("sill\0");
  expect(view.readBigUInt64LE(288)).toBe(0x114n); // input 4 + rising 16 + pull-up 256
  expect([view.readUInt32LE(296), view.readUInt32LE(320), view.readUInt32LE(328)]).toEqual([1, 3, 20_000]);
  expect(view.readBigUInt64LE(336)).toBe(1n);
  expect(view.readUInt32LE(560)).toBe(1);
});

test("reserved bytes of a request are zero whatever is asked", () => {
  const wish = fc.record({
    offset: fc.nat(511),
    consumer: fc.string({ maxLength: 80, unit: "grapheme" }),
    flags: fc.bigInt(0n, 0xfffn),
    debounceUs: fc.nat(5_000_000),
    initiallyActive: fc.boolean(),
  });
  const reserved = [...range(4, 256), 287, ...range(300, 320), ...range(324, 328), ...range(568, 592)];
  fc.assert(
    fc.property(wish, (wanted) => {
      const bytes = uapi.encodeLineRequest(wanted);
      return reserved.every((at) => bytes[at] === 0);
    }),
  );
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

test("an output is asked for with its first level", () => {
  const flags = uapi.lineFlags.output;
  const bytes = uapi.encodeLineRequest({
    offset: 1,
    consumer: "",
    flags,
    debounceUs: 0,
    initiallyActive: true,
  });
  const view = Buffer.from(bytes);
  expect([view.readUInt32LE(296), view.readUInt32LE(320)]).toEqual([1, 2]);
  expect(view.readBigUInt64LE(328)).toBe(1n);
});

test("events read back as the kernel wrote them, at any place in a buffer", () => {
  const stamp = fc.bigInt(0n, (1n << 63n) - 1n);
  fc.assert(
    fc.property(stamp, fc.boolean(), fc.nat(0xffffffff), fc.nat(3), (timestampNs, active, seqno, index) => {
      const bytes = Buffer.alloc(48 * 4);
      bytes.set(lineEvent(timestampNs, active, seqno), index * 48);
      expect(uapi.decodeLineEvent(bytes, index * 48)).toEqual({ timestampNs, active, lineSeqno: seqno });
    }),
  );
});

test("names end at the first zero byte, or fill the whole field", () => {
  const bytes = Buffer.alloc(68);
  bytes.write("gpiochip0\0rest", 0);
  bytes.write("x".repeat(32), 32);
  bytes.writeUInt32LE(54, 64);
  expect(uapi.decodeChipInfo(bytes)).toEqual({ name: "gpiochip0", label: "x".repeat(32), lines: 54 });
});
