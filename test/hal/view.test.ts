import { describe, expect, test } from "vitest";
import type { Camera, CameraDriver } from "../../hal/camera.ts";
import type { I420, Plane } from "../../hal/frame.ts";
import { gstCamera } from "../../hal/gst/camera.ts";
import { SimClock } from "../../hal/sim/clock.ts";
import { simCamera } from "../../hal/sim/camera.ts";
import { turns, viewOf, wholeView, type Turn, type View } from "../../hal/view.ts";
import { viewedCamera } from "../../hal/viewed-camera.ts";
import { pacedCamera } from "../../hal/replay/paced.ts";
import { describeCamera } from "../contract/camera.ts";

const corner: View = { rotate: 90, crop: [0.25, 0.25, 0.5, 0.5] };

describe("a view", () => {
  test.each<[string, View["crop"], Turn, [number, number], number[], [number, number]]>([
    ["the whole picture", [0, 0, 1, 1], 0, [1280, 720], [0, 0, 1280, 720], [1280, 720]],
    ["on its side", [0, 0, 1, 1], 90, [1280, 720], [0, 0, 1280, 720], [720, 1280]],
    ["on its head", [0, 0, 1, 1], 180, [1280, 720], [0, 0, 1280, 720], [1280, 720]],
    ["its middle", [0.25, 0.25, 0.5, 0.5], 0, [1280, 720], [320, 180, 640, 360], [640, 360]],
    ["rounded outwards to even pixels", [0.1, 0.1, 0.5, 0.5], 0, [322, 182], [32, 18, 162, 92], [162, 92]],
    ["an odd picture stays whole", [0, 0, 1, 1], 0, [161, 121], [0, 0, 161, 121], [161, 121]],
    [
      "an odd picture that is turned loses its last row and column",
      [0, 0, 1, 1],
      270,
      [161, 121],
      [0, 0, 160, 120],
      [120, 160],
    ],
    ["to the far end of an odd picture", [0.5, 0.5, 0.5, 0.5], 0, [161, 121], [80, 60, 81, 61], [81, 61]],
  ])("%s", (_name, crop, rotate, [width, height], box, [w, h]) => {
    expect(viewOf({ width, height }, { crop, rotate })).toMatchObject({ box, size: { width: w, height: h } });
  });

  test.each<View["crop"]>([
    [0.5, 0, 0, 1],
    [1, 0, 0.1, 1],
    [0, -0.5, 1, 0.5],
  ])("of %d %d %d %d is refused", (...crop) => {
    expect(() => viewOf({ width: 320, height: 180 }, { rotate: 0, crop })).toThrow(/no part of the picture/);
  });
});

const gst = (source: string, rotate: Turn = 0, stallMs = 2_000): CameraDriver =>
  gstCamera({ source, width: 96, height: 64, fps: 15, stallMs, rotate });
const software = (source: string, view: View = corner): CameraDriver =>
  viewedCamera(gst(source), { view, turns: false });

describeCamera("a turned part of a picture", {
  finite: (frames) =>
    viewedCamera(
      pacedCamera(gst(`test:ball?frames=${frames}`), {
        name: "replay",
        loop: false,
        pace: "fast",
        clock: new SimClock(),
      }),
      {
        view: corner,
        turns: false,
      },
    ),
  stalls: () => viewedCamera(gst("test:smpte?frames=3&then=stall", 0, 100), { view: corner, turns: false }),
  resizes: () => software("test:smpte?frames=3&then=resize"),
  dies: () => software("test:smpte?frames=3&then=fail"),
  missing: () => software("/nowhere/porch.mp4"),
});

async function firstPicture(driver: CameraDriver): Promise<{ picture: I420; info: Camera["info"] }> {
  await using camera = await driver.open();
  const frame = await camera.read();
  if (frame === null) throw new Error("no picture");
  return {
    info: camera.info,
    picture: { ...frame, y: copyOf(frame.y), u: copyOf(frame.u), v: copyOf(frame.v) },
  };
}

function copyOf({ data, stride, width, height }: Plane): Plane {
  const rows = Array.from({ length: height }, (_, y) => data.slice(y * stride, y * stride + width));
  return { data: Uint8Array.from(rows.flatMap((row) => [...row])), stride: width, width, height };
}

const crops: View["crop"][] = [wholeView.crop, [0.25, 0.125, 0.5, 0.75], [0, 0.5, 0.3, 0.5]];
test.each(turns.flatMap((rotate) => crops.map((crop) => [rotate, crop] as const)))(
  "GStreamer and software agree on a turn by %i of the part %j, sample for sample",
  async (rotate, crop) => {
    const view = { rotate, crop };
    const native = await firstPicture(
      viewedCamera(gst("test:gradient?frames=1", rotate), { view, turns: true }),
    );
    const ours = await firstPicture(software("test:gradient?frames=1", view));
    expect(native).toEqual(ours);
    expect(ours.info.view?.rotate ?? 0).toBe(rotate);
  },
);

test("a sample of the sensor lies where the turn says, in each plane", async () => {
  const size = { width: 64, height: 48 };
  const porch = (): CameraDriver => simCamera({ ...size, fps: 10, pace: "fast", clock: new SimClock() });
  const sensor = (await firstPicture(porch())).picture;
  const { picture } = await firstPicture(
    viewedCamera(porch(), { view: { ...wholeView, rotate: 90 }, turns: false }),
  );
  for (const plane of ["y", "u", "v"] as const) {
    const [from, to] = [sensor[plane], picture[plane]];
    for (let y = 0; y < from.height; y += 1)
      for (let x = 0; x < from.width; x += 1)
        expect(to.data[x * to.stride + (to.width - 1 - y)]).toBe(from.data[y * from.stride + x]);
  }
});

test("a cropped picture is the same memory, so that nothing is copied or made anew per frame", async () => {
  const driver = simCamera({ width: 64, height: 48, fps: 10, pace: "fast", clock: new SimClock() });
  await using camera = await viewedCamera(driver, {
    view: { rotate: 0, crop: [0.5, 0, 0.5, 1] },
    turns: false,
  }).open();
  const seen = new Set<Uint8Array>();
  for (let i = 0; i < 8; i += 1) seen.add((await camera.read())?.y.data ?? new Uint8Array());
  expect(seen.size).toBeLessThan(8);
});
