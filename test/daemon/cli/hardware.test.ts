import { expect, test } from "vitest";
import { hardwareText } from "../../../daemon/cli/hardware.ts";
import { chooseCamera } from "../../../hal/gst/camera-choice.ts";
import { judgeEncoders } from "../../../hal/gst/encoder-choice.ts";
import type { HardwareList } from "../../../hal/list.ts";
import { readListing } from "../../hal/gst/listings/read.ts";
import { sill } from "./command-line.ts";

const line = (offset: number, used: boolean) => ({ offset, name: "", consumer: "", used, output: false });
const none: HardwareList = {
  gpio: [],
  video: [],
  gst: {
    version: "1.22.0",
    elements: {},
    module: false,
    sources: [],
    encoder: "x264enc",
    encoders: [],
    problems: [],
  },
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

test("each video device is told with why it is a camera or none, and the setting that picks it", () => {
  const { nodes } = readListing("pi-3b-usb");
  const rows = hardwareText({ ...none, video: nodes }).rows.map(([kind, name, what, setting]) =>
    [kind, name, what, setting].join(" | "),
  );
  expect(rows[0]).toBe(
    "camera | /dev/video0 | HD USB Camera: HD USB Camera: V4L2 camera | --camera.driver=gst --camera.source=/dev/video0",
  );
  expect(rows[1]).toMatch(/^video \| .*tells about the pictures of another node \| $/);
  expect(rows).toContainEqual(expect.stringMatching(/^video \| \/dev\/video11 .*H\.264 encoder.*no camera/));
});

test("the camera module is picked by name, and the encoders are told with why they are used or not", () => {
  const { model, nodes, elements } = readListing("pi-5-module");
  const encoders = judgeEncoders({ model, nodes, elements });
  const { sources, module } = chooseCamera({ model, nodes, libcamera: true });
  const gst = { ...none.gst, elements: { libcamerasrc: true }, sources, module, encoders };
  const rows = hardwareText({ ...none, video: nodes, gst }).rows.map((row) => row.join(" | "));
  expect(rows).toContain(
    "camera | libcamera | Raspberry Pi camera | --camera.driver=gst --camera.source=libcamera",
  );
  expect(rows).toContain("encoder | v4l2h264enc | not used: a Raspberry Pi 5 has no H.264 encoder | ");
  expect(rows).toContain("encoder | x264enc | H.264 in software | ");
});

test("libcamera without a camera module is listed as such", () => {
  const gst = { ...none.gst, elements: { libcamerasrc: true }, sources: ["libcamera"] };
  const { rows, hints } = hardwareText({ ...none, gst });
  expect(rows[0]?.join(" | ")).toMatch(/libcamera \| for camera modules; none is seen here/);
  expect(hints).toContainEqual(expect.stringContaining("no camera here"));
});

test("a machine without anything is told what is missing", () => {
  const gst = { ...none.gst, version: null, encoder: null, problems: ["no GStreamer: install it"] };
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
