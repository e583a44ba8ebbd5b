import { expect, test } from "vitest";
import { Fault } from "../../hal/fault.ts";
import { listHardware } from "../../hal/list.ts";
import { openBench, pi5 } from "./gpio/rigs.ts";

test("chips are listed with their lines and who holds them, a locked one with its fault", async () => {
  const locked = { path: "/dev/gpiochip1", label: "", lines: 8, openFails: "EACCES" };
  const { kernel } = await openBench({ ...pi5, lines: 3, busy: { 1: "spi0 CS1" } }, locked);
  const { gpio } = await listHardware(() => Promise.resolve(kernel));
  expect(gpio.map(({ path, label, lines }) => [path, label, lines.length])).toEqual([
    ["/dev/gpiochip0", "pinctrl-rp1", 3],
    ["/dev/gpiochip1", "", 0],
  ]);
  expect(gpio[0]?.lines.map(({ consumer }) => consumer)).toEqual(["", "spi0 CS1", ""]);
  expect(gpio.map(({ fault }) => fault?.kind ?? null)).toEqual([null, "denied"]);
  expect(gpio[1]?.fault?.hint).toContain("group gpio");
  expect(kernel.openDescriptors).toBe(0);
});

test("a chip that goes away while its lines are asked keeps its name and says so", async () => {
  const { kernel } = await openBench({ ...pi5, linesFail: "ENODEV" });
  const { gpio } = await listHardware(() => Promise.resolve(kernel));
  expect(gpio).toMatchObject([{ label: "pinctrl-rp1", lines: [], fault: { kind: "not-found" } }]);
});

test("a kernel that cannot be asked does not hide the rest", async () => {
  const { gpio, gst } = await listHardware(() => Promise.reject(new Fault("unavailable", "no C library")));
  expect(gpio).toMatchObject([{ fault: { message: "no C library" } }]);
  expect(gst.version).toMatch(/^1\.\d+/);
});

test("this machine can be listed, and the list survives JSON", async () => {
  const list = await listHardware();
  expect(JSON.parse(JSON.stringify(list))).toEqual(list);
  expect(list.gst.elements).toMatchObject({ decodebin: true, appsrc: true });
  expect(list.gst.encoder).not.toBeNull();
});
