/** Sources, errors and devices: what is decided without a running pipeline. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultOfError, redact } from "../../../hal/gst/bus.ts";
import { gstCamera } from "../../../hal/gst/camera.ts";
import { rateFraction } from "../../../hal/gst/caps.ts";
import { checkCamera, checkPath, listVideoNodes } from "../../../hal/gst/devices.ts";
import { hasElement } from "../../../hal/gst/elements.ts";
import { openGst } from "../../../hal/gst/lib.ts";
import { MediaTime } from "../../../hal/gst/media-time.ts";
import { defaultLayout } from "../../../hal/gst/picture.ts";
import { Pipeline } from "../../../hal/gst/pipeline.ts";
import { parseSource } from "../../../hal/gst/source.ts";
import { openRtspServer } from "./rtsp-server.ts";

const asked = { width: 640, height: 480, fps: 15, maxSidePx: 4096 };
const parse = (source: string) => parseSource({ ...asked, source });

describe("a source string", () => {
  test.for([
    ["clip.mp4", "gst file clip.mp4", false, { location: "clip.mp4" }],
    ["file:a b.mp4", "gst file a b.mp4", false, { location: "a b.mp4" }],
    ["file:///x/a%20b.mp4", "gst file a b.mp4", false, { location: "/x/a b.mp4" }],
    ["/dev/video2", "gst v4l2 /dev/video2", true, { device: "/dev/video2" }],
    [
      "/dev/v4l/by-id/usb-HD_Camera-video-index0",
      "gst v4l2 /dev/v4l/by-id/usb-HD_Camera-video-index0",
      true,
      { device: "/dev/v4l/by-id/usb-HD_Camera-video-index0" },
    ],
    ["libcamera", "gst libcamera", true, {}],
    [
      "rtsp://cam.example:8554/a",
      "gst rtsp cam.example:8554",
      true,
      { location: "rtsp://cam.example:8554/a" },
    ],
    ["test:snow?frames=3&live=1", "gst test snow", true, {}],
  ] as const)("%s is %s", ([text, name, live, properties]) => {
    expect(parse(text)).toMatchObject({ name, live, properties });
  });

  test.for([
    "",
    "file:",
    "http://x/y.mp4",
    "rtsp://",
    "test:nosuch",
    "test:snow?frames=-1",
    "test:snow?then=x",
  ])("'%s' is refused with what would be right", (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ kind: "invalid", hint: expect.any(String) }));
  });

  test("with a password keeps it out of everything but the element's own properties", () => {
    const { name, description, properties } = parse("rtsp://user:p%40ss@cam.example/live");
    expect(`${name} ${description} ${properties["location"]}`).not.toMatch(/user|p@ss|p%40ss/);
    expect(properties).toMatchObject({ "user-id": "user", "user-pw": "p@ss" });
  });

  test("V4L2 is asked for a slower rate only when there is no quicker one", () => {
    const { description } = parse("/dev/video0");
    const at = (part: string): number => description.indexOf(part);
    const order = [
      "raw,width=640,height=480,framerate=15/1",
      "image/jpeg,width=640,height=480,framerate=15/1",
    ];
    const places = [...order, "framerate=[15/1,240/1]", "image/jpeg,width=640,height=480 !"].map(at);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.every((place) => place > 0)).toBe(true);
  });

  test.for(["clip.mp4", "/dev/video0", "rtsp://cam.example/", "test:snow", "test:snow?frames=2&then=resize"])(
    "%s makes a pipeline that GStreamer can build",
    (text) => {
      const source = parse(text);
      new Pipeline(openGst(), source.description, source).close();
    },
  );

  test("libcamera makes a pipeline or names the missing element", () => {
    const source = parse("libcamera");
    const build = (): void => new Pipeline(openGst(), source.description, source).close();
    if (hasElement("libcamerasrc")) build();
    else expect(build).toThrow(expect.objectContaining({ kind: "not-found" }));
  });
});

describe("an rtsp camera", () => {
  /** Answers every request with one status line, as a camera that refuses does. */
  async function refusing(status: string): Promise<{ server: Server; url: string }> {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.on("data", (data) => {
        const cseq = /CSeq: *(\d+)/i.exec(data.toString())?.[1] ?? "1";
        socket.write(`RTSP/1.0 ${status}\r\nCSeq: ${cseq}\r\n\r\n`);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return { server, url: `rtsp://owner:hunter2@127.0.0.1:${port}/live` };
  }

  test.for([
    ["401 Unauthorized", "denied"],
    ["404 Not Found", "not-found"],
    ["503 Service Unavailable", "unavailable"],
  ])("that answers %s is %s, and no message holds the password", async ([status, kind]) => {
    const { server, url } = await refusing(status ?? "");
    const fault: unknown = await gstCamera({ ...asked, source: url, stallMs: 5_000 })
      .open()
      .catch((error: unknown) => error);
    server.close();
    expect(fault).toMatchObject({ kind });
    expect(JSON.stringify([String(fault), fault])).not.toMatch(/owner|hunter2/);
  });

  test("is played over TCP with its password, until it hangs up", async () => {
    await using server = await openRtspServer("owner:hunter2", 30);
    const url = `rtsp://owner:hunter2@127.0.0.1:${server.port}/live`;
    await using camera = await gstCamera({ ...asked, fps: 30, source: url, stallMs: 5_000 }).open();
    expect(camera.info).toMatchObject({ name: `gst rtsp 127.0.0.1:${server.port}`, width: 160, height: 120 });
    let frames = 0;
    const reading = (async () => {
      for (; (await camera.read()) !== null; frames += 1);
    })();
    await expect(reading).rejects.toMatchObject({ kind: "unavailable" });
    expect(frames).toBeGreaterThan(10);
  });

  test("that nobody answers for is unavailable at once", async () => {
    const { server, url } = await refusing("");
    await new Promise((resolve) => server.close(resolve));
    const opening = gstCamera({ ...asked, source: url, stallMs: 5_000 }).open();
    await expect(opening).rejects.toMatchObject({ kind: expect.stringMatching(/unavailable|not-found/) });
  });
});

describe("errors of elements", () => {
  const error = (domain: string, code: number, debug = "") => ({ domain, code, text: "Some Text.", debug });
  test.for([
    ["resource", 3, false, "not-found"],
    ["resource", 15, true, "denied"],
    ["resource", 4, true, "unavailable"],
    ["resource", 14, false, "exhausted"],
    ["stream", 1, false, "corrupt"],
    ["stream", 1, true, "unavailable"],
    ["stream", 7, false, "corrupt"],
    ["core", 12, false, "not-found"],
    ["nonsense", 99, false, "unavailable"],
  ] as const)("%s %i (live: %s) is %s", ([domain, code, live, kind]) => {
    expect(faultOfError(error(domain, code), { name: "cam", live })).toMatchObject({
      kind,
      message: "cam: some Text",
    });
  });

  test("a size that the camera does not offer is the setting's fault", () => {
    const debug = "streaming stopped, reason not-negotiated (-4)";
    expect(faultOfError(error("stream", 1, debug), { name: "cam", live: true }).kind).toBe("invalid");
  });

  test("of a camera are never blamed on a file", () => {
    for (const [domain, code] of [
      ["stream", 1],
      ["resource", 4],
    ] as const)
      expect(faultOfError(error(domain, code), { name: "cam", live: true }).hint).toMatch(/camera/);
  });

  const device = { name: "cam", live: true, path: "/dev/null" }; // is there, unlike any /dev/videoN
  const camera = { name: "gst libcamera", live: true };
  test.for([
    ["Could not find any supported camera on this system.", "", camera, "not-found", /ribbon.*rpicam-hello/],
    ["Camera '/base/soc/i2c0mux' is already in use.", "", camera, "unavailable", /close the other program/],
    ["Failed listing cameras.", "", camera, "unavailable", /group video/],
    ["Device '/dev/video3' is busy", "", device, "unavailable", /fuser -v \/dev\/null/],
    ["Could not read from resource.", "poll error: No such device (19)", device, "unavailable", /plug it in/],
    ["Could not read from resource.", "", device, "unavailable", /cable and power/],
    ["Could not read.", "", { ...device, path: "/dev/video999" }, "unavailable", /plug it in/],
    ["Could not open device", "system error: Permission denied", device, "denied", /usermod -aG video/],
    ["Device '/dev/video3' is not a capture device.", "", device, "invalid", /hal list/],
    [
      "Failed to allocate required memory.",
      "Buffer pool activation failed",
      device,
      "unavailable",
      /smaller size/,
    ],
  ] as const)("'%s' (%s) is told with what to do", ([text, debug, blame, kind, hint]) => {
    const fault = faultOfError({ domain: "resource", code: 13, text, debug }, blame);
    expect(fault).toMatchObject({ kind, hint: expect.stringMatching(hint) });
  });

  test("lose user and password", () => {
    expect(redact("no answer from rtsp://a:b@c@host/x today")).toBe("no answer from rtsp://host/x today");
  });
});

describe("devices", () => {
  test("are asked what they are when their name does not tell, in order of number", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sill-devices-"));
    const names = { 10: "bcm2835-codec-decode", 2: "HD USB Camera", 1: "rp1-cfe-csi2_ch0", 0: "" };
    for (const [number, name] of Object.entries(names)) {
      await mkdir(join(folder, "sys", `video${number}`), { recursive: true });
      await mkdir(join(folder, "dev"), { recursive: true });
      await writeFile(join(folder, "dev", `video${number}`), "");
      if (name !== "") await writeFile(join(folder, "sys", `video${number}`, "name"), `${name}\n`);
    }
    const asked: string[] = [];
    const found = await listVideoNodes({ dev: join(folder, "dev"), sys: join(folder, "sys") }, (path) => {
      asked.push(basename(path));
      if (basename(path) === "video0") throw Object.assign(new Error("busy"), { code: "EBUSY" });
      return { driver: "uvcvideo", caps: 0x0420_0001 };
    });
    await rm(folder, { recursive: true });
    expect(found.map(({ path, name, use }) => [basename(path), name, use])).toEqual([
      ["video0", "", "camera"],
      ["video1", "rp1-cfe-csi2_ch0", "module"],
      ["video2", "HD USB Camera", "camera"],
      ["video10", "bcm2835-codec-decode", "none"],
    ]);
    expect(asked.sort()).toEqual(["video0", "video2"]);
  });

  test("that are no video devices are refused as a camera", async () => {
    await expect(checkCamera("/dev/null")).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("is no camera"),
    });
  });

  test("a device that is not there is told with a hint", async () => {
    await expect(checkPath("/dev/video63", true)).rejects.toMatchObject({
      kind: "not-found",
      hint: /hal list/,
    });
  });
});

test("media time starts at 0 and grows strictly whatever the source says", () => {
  const times = fc.array(fc.option(fc.nat({ max: 1e12 }), { nil: null }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 60 }), (ns, fps) => {
      const time = new MediaTime(fps);
      const us = ns.map((value) => time.next(value));
      expect(us[0]).toBe(0);
      expect(us.every((value, i) => i === 0 || value > (us[i - 1] ?? Infinity))).toBe(true);
    }),
  );
});

test.for([
  [320, 240, 320, 160, 115_200],
  [321, 243, 324, 164, 119_072],
  [1, 1, 4, 4, 16],
] as const)("a picture of %i x %i has GStreamer's layout", ([width, height, luma, chroma, sizeBytes]) => {
  const layout = defaultLayout({ width, height });
  expect(layout.planes.map(({ stride }) => stride)).toEqual([luma, chroma, chroma]);
  expect(layout.sizeBytes).toBe(sizeBytes);
});

test.for([
  [15, "15/1"],
  [7.5, "15/2"],
  [29.97, "2997/100"],
] as const)("%f frames per second are %s", ([fps, fraction]) => {
  expect(rateFraction(fps)).toBe(fraction);
});
