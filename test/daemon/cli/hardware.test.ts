import { expect, test } from "vitest";
import { chips } from "../../../daemon/cli/hardware.ts";
import { Fault } from "../../../hal/fault.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { SimulatedKernel } from "../../hal/gpio/simulated-kernel.ts";
import { sill } from "./command-line.ts";

test("a header chip needs no name in the settings, any other does, and a locked one says why", async () => {
  const kernel = await SimulatedKernel.create(
    new SimClock(),
    { path: "/dev/gpiochip0", label: "pinctrl-rp1", lines: 54 },
    { path: "/dev/gpiochip1", label: "gpio-sim.0", lines: 8 },
    { path: "/dev/gpiochip2", label: "locked", lines: 8, openFails: "EACCES" },
  );
  expect(await chips(() => Promise.resolve(kernel))).toMatchObject([
    { name: "pinctrl-rp1", about: "54 lines, /dev/gpiochip0", setting: "--button.driver=gpio", fault: null },
    { name: "gpio-sim.0", setting: "--button.driver=gpio --button.chip=gpio-sim.0" },
    { name: "/dev/gpiochip2", setting: null, fault: { kind: "denied" } },
  ]);
});

test("a kernel that cannot be asked is one line, not a failure", async () => {
  const open = () => Promise.reject(new Fault("unavailable", "no C library"));
  expect(await chips(open)).toMatchObject([{ kind: "gpio", about: "no C library" }]);
});

test("hal list names GStreamer and the encoder that would be used", async () => {
  const { code, out } = await sill("hal list");
  expect(code).toBe(0);
  expect(out).toMatch(/^software +GStreamer 1\.\d+/mu);
  expect(out).toMatch(/^encoder +\w+ +H\.264 in \w+, used/mu);
  const devices = JSON.parse((await sill("hal list --json")).out) as { kind: string }[];
  expect(devices.map(({ kind }) => kind)).toContain("encoder");
});
