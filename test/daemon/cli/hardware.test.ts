import { expect, test } from "vitest";
import { hardwareText } from "../../../daemon/cli/hardware.ts";
import type { HardwareList } from "../../../hal/list.ts";
import { sill } from "./command-line.ts";

const line = (offset: number, used: boolean) => ({ offset, name: "", consumer: "", used, output: false });
const none: HardwareList = {
  gpio: [],
  cameras: [],
  gst: { version: "1.22.0", elements: {}, encoder: "x264enc", problems: [] },
};

test("a header chip needs no name in the settings, any other does", () => {
  const gpio = ["pinctrl-rp1", "gpio-sim.0"].map((label, index) => ({
    path: `/dev/gpiochip${index}`,
    label,
    lines: [line(0, true), line(1, false)],
    fault: null,
  }));
  expect(hardwareText({ ...none, gpio }).rows.slice(0, 2)).toEqual([
    ["gpio", "pinctrl-rp1", "/dev/gpiochip0, 2 lines, 1 in use", "--button.driver=gpio"],
    [
      "gpio",
      "gpio-sim.0",
      "/dev/gpiochip1, 2 lines, 1 in use",
      "--button.driver=gpio --button.chip=gpio-sim.0",
    ],
  ]);
});

test("a chip that may not be asked says why, and its hint is told", () => {
  const fault = { kind: "denied", message: "cannot ask it", hint: "join the group" };
  const { rows, hints } = hardwareText({
    ...none,
    gpio: [{ path: "/dev/gpiochip0", label: "", lines: [], fault }],
  });
  expect(rows[0]).toEqual(["gpio", "/dev/gpiochip0", "cannot ask it", ""]);
  expect(hints).toContain("join the group");
});

test("cameras come with the setting that picks them", () => {
  const cameras = [{ path: "/dev/video0", name: "" }];
  const gst = { ...none.gst, elements: { libcamerasrc: true } };
  const names = hardwareText({ ...none, cameras, gst }).rows.map(([, name, , setting]) => [name, setting]);
  expect(names).toContainEqual(["/dev/video0", "--camera.driver=gst --camera.source=/dev/video0"]);
  expect(names).toContainEqual(["libcamera", "--camera.driver=gst --camera.source=libcamera"]);
});

test("a machine without anything is told what is missing", () => {
  const gst = { version: null, elements: {}, encoder: null, problems: ["no GStreamer: install it"] };
  const { rows, hints } = hardwareText({ ...none, gst });
  expect(rows).toEqual([["software", "GStreamer", "not usable", ""]]);
  expect(hints).toHaveLength(3);
});

test("hal list names GStreamer and the encoder that would be used", async () => {
  const { code, out } = await sill("hal list");
  expect(code).toBe(0);
  expect(out).toMatch(/^software +GStreamer +1\.\d+/mu);
  expect(out).toMatch(/^encoder +\w+ +H\.264 in \w+$/mu);
  expect(JSON.parse((await sill("hal list --json")).out)).toHaveProperty("gst.version");
});
