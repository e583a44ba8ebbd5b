/** Cameras and encoders that are chosen on each kind of machine, from listings/. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault, type FaultKind } from "../../../hal/fault.ts";
import { chooseCamera, noCamera } from "../../../hal/gst/camera-choice.ts";
import { bestEncoder, hardwareLevel, judgeEncoders } from "../../../hal/gst/encoder-choice.ts";
import { encoderChain } from "../../../hal/gst/encoder-elements.ts";
import { capable, decodeCaps } from "../../../hal/gst/v4l2.ts";
import { judgeNode } from "../../../hal/gst/video-node.ts";
import { readListing } from "./listings/read.ts";

const chosen = (name: string) => {
  const { model, elements, nodes } = readListing(name);
  return chooseCamera({ model, nodes, libcamera: elements.includes("libcamerasrc") });
};
const encoders = (name: string, job?: { width: number; height: number; fps: number }) =>
  judgeEncoders(readListing(name), job);

describe("camera.source auto", () => {
  test.for([
    ["pi-4b-module", ["libcamera"]],
    ["pi-zero-2w-module", ["libcamera"]],
    ["pi-5-module", ["libcamera"]],
    ["pi-3b-usb", ["/dev/video0"]],
    ["pi-5-usb", ["/dev/video0", "libcamera"]],
    ["pc-usb", ["/dev/video0", "/dev/video2"]],
    ["guest", ["/dev/video3"]],
    ["pi-4b-ribbon-out", ["libcamera"]],
    ["pi-4b-no-group", ["libcamera"]],
  ] as const)("on %s tries %j", ([name, sources]) => {
    expect(chosen(name).sources).toEqual(sources);
  });

  test("every listing is judged here", () => {
    const files = readdirSync(join(import.meta.dirname, "listings")).filter((name) => name.endsWith(".txt"));
    expect(files).toHaveLength(9);
  });

  test("a module that GStreamer has no element for is told with its package", () => {
    const { model, nodes } = readListing("pi-4b-module");
    const choice = chooseCamera({ model, nodes, libcamera: false });
    expect(choice.sources).toEqual([]);
    expect(noCamera(choice, [])).toMatchObject({
      kind: "not-found",
      hint: expect.stringContaining("gstreamer1.0-libcamera"),
    });
  });

  test("a Raspberry Pi whose ribbon is out is told what to check, a PC is not", () => {
    expect(chosen("pi-4b-ribbon-out").advice.join()).toMatch(/ribbon.*both ends.*rpicam-hello/);
    expect(chosen("pc-usb").advice).toEqual([]);
    expect(chosen("pi-4b-module").advice).toEqual([]);
  });

  const fault = (kind: FaultKind): Fault => new Fault(kind, kind);

  test("of several cameras that fail the fault is told that says most", () => {
    const faults = (["not-found", "denied", "unavailable"] as const).map(fault);
    expect(noCamera(chosen("pi-5-usb"), faults)).toBe(faults[1]);
  });

  test("a module that is connected and not found is told as libcamera does, another is told what to check", () => {
    const missing = fault("not-found");
    expect(noCamera(chosen("pi-4b-module"), [missing])).toBe(missing);
    expect(noCamera(chosen("pi-4b-ribbon-out"), [missing]).hint).toMatch(/ribbon.*connect a camera/);
    expect(noCamera(chosen("pc-usb"), [missing]).hint).not.toMatch(/ribbon/);
  });
});

describe("a video device", () => {
  const because = (name: string) =>
    Object.fromEntries(
      readListing(name).nodes.map(({ path, use, why }) => [path.slice(5), `${use}: ${why}`]),
    );

  test("codecs and image processors are no cameras, whatever they can do", () => {
    expect(because("pi-4b-module")).toMatchObject({
      video0: expect.stringMatching(/^module: .*libcamera/),
      video1: expect.stringMatching(/^none/),
      video10: expect.stringMatching(/^none: codec/),
      video11: expect.stringMatching(/^encoder/),
      video14: expect.stringMatching(/^none: image processor/),
      video19: expect.stringMatching(/^none: video decoder/),
      video31: expect.stringMatching(/^none: codec/),
    });
    expect(because("pi-5-module")).toMatchObject({
      video0: expect.stringMatching(/^module/),
      video6: expect.stringMatching(/^none: data beside/),
      video24: expect.stringMatching(/^none: image processor/),
    });
  });

  test("the metadata node of a USB camera is none, its twin is one", () => {
    const { video0, video1 } = because("pi-3b-usb");
    expect([video0, video1]).toEqual([
      "camera: V4L2 camera",
      "none: tells about the pictures of another node",
    ]);
  });

  const node = { path: "/dev/video0", name: "", driver: "", caps: null, errno: null };
  test.for([
    ["EACCES", "camera", /group video/],
    ["EBUSY", "camera", /another program/],
    ["ENOTTY", "none", /no video device/],
    ["ENODEV", "none", /does not answer/],
    [null, "camera", /perhaps/],
  ] as const)("that cannot be asked (%s) is %s", ([errno, use, why]) => {
    expect(judgeNode({ ...node, errno })).toMatchObject({ use, why: expect.stringMatching(why) });
  });

  test("whatever its name and abilities, it is judged with a reason", () => {
    const nodes = fc.record({
      path: fc.constant("/dev/video7"),
      name: fc.string(),
      driver: fc.string(),
      caps: fc.option(fc.nat({ max: 0x7fff_ffff })),
      errno: fc.option(fc.constantFrom("EACCES", "EBUSY", "ENODEV", "EIO")),
    });
    fc.assert(
      fc.property(nodes, (each) => {
        const { use, why } = judgeNode(each);
        expect(why).not.toBe("");
        const gives = each.caps === null || (each.caps & (capable.capture | capable.captureMplane)) !== 0;
        if (use === "camera") expect(gives).toBe(true);
      }),
    );
  });

  test("tells its own abilities, or those of the whole device when it is old", () => {
    const answer = (all: number, own: number): Uint8Array => {
      const view = new DataView(new ArrayBuffer(104));
      new Uint8Array(view.buffer).set(Buffer.from("uvcvideo"));
      view.setUint32(84, all, true);
      view.setUint32(88, own, true);
      return new Uint8Array(view.buffer);
    };
    expect(decodeCaps(answer(0x84a0_0001, 0x0420_0001))).toEqual({ driver: "uvcvideo", caps: 0x0420_0001 });
    expect(decodeCaps(answer(0x0420_0001, 0))).toEqual({ driver: "uvcvideo", caps: 0x0420_0001 });
  });
});

describe("the H.264 encoder", () => {
  const hd = { width: 1280, height: 720, fps: 15 };
  test.for([
    ["pi-3b-usb", "v4l2h264enc"],
    ["pi-4b-module", "v4l2h264enc"],
    ["pi-zero-2w-module", "v4l2h264enc"],
    ["pi-5-module", "x264enc"],
    ["pc-usb", "x264enc"],
    ["guest", "x264enc"],
    ["pi-4b-no-group", "x264enc"],
  ] as const)("on %s is %s", ([name, expected]) => {
    expect(bestEncoder(encoders(name, hd))).toBe(expected);
  });

  test.for([
    ["pi-5-module", /Pi 5 has no H.264 encoder/],
    ["pc-usb", /machine has no H.264 encoder/],
    ["pi-4b-no-group", /video11 may not be opened: join the group video/],
  ] as const)("on %s the hardware is passed over with its reason", ([name, why]) => {
    expect(encoders(name, hd)[0]).toMatchObject({
      name: "v4l2h264enc",
      usable: false,
      why: expect.stringMatching(why),
    });
  });

  test("a picture that is too large for the hardware is made in software", () => {
    const verdicts = encoders("pi-4b-module", { width: 2560, height: 1440, fps: 15 });
    expect([bestEncoder(verdicts), verdicts[0]?.why]).toEqual([
      "x264enc",
      expect.stringMatching(/too small/),
    ]);
  });

  test("an encoder node that GStreamer does not know is told as such", () => {
    const { model, nodes } = readListing("pi-4b-module");
    const [hardware] = judgeEncoders({ model, nodes, elements: ["x264enc"] });
    expect(hardware?.why).toMatch(/video11 is there, but GStreamer/);
  });

  test("nothing installed is nothing chosen", () => {
    expect(bestEncoder(judgeEncoders({ model: "", nodes: [], elements: ["fakesink"] }))).toBeNull();
    expect(bestEncoder(judgeEncoders({ model: "", nodes: [], elements: ["openh264enc"] }))).toBe(
      "openh264enc",
    );
  });

  test.for([
    [640, 480, 15, "4"],
    [1920, 1080, 30, "4"],
    [1080, 1920, 30, "4"],
    [1920, 1080, 60, "4.2"],
    [1280, 720, 60, "4"],
    [1920, 1200, 15, null],
    [3840, 2160, 15, null],
    [1920, 1080, 90, null],
  ] as const)("%i x %i at %i fps is level %s", ([width, height, fps, level]) => {
    expect(hardwareLevel({ width, height, fps })).toBe(level);
  });

  test("hardware is told level, profile, rate, keyframes and to repeat its headers", () => {
    const chain = encoderChain("v4l2h264enc", { bitrateKbps: 1500, gopFrames: 15, level: "4" });
    for (const part of [
      "level=(string)4",
      "profile=constrained-baseline",
      "video_bitrate=1500000",
      "h264_i_frame_period=15",
      "repeat_sequence_header=1",
    ])
      expect(chain).toContain(part);
  });
});
