/** H.264 through GStreamer: the contract, for every encoder that is installed here. */
import { describe, expect, test } from "vitest";
import { avcConfig } from "../../../hal/gst/avc.ts";
import { encoderNames, pickEncoder } from "../../../hal/gst/encoder-elements.ts";
import { availableEncoders, openH264Encoder } from "../../../hal/gst/encoder.ts";
import { describeEncoder, encodeMoving } from "../../contract/encoder.ts";
import { movingPicture } from "../../contract/masked.ts";
import { decode } from "./annex-b.ts";

for (const element of availableEncoders())
  describeEncoder(`gst ${element}`, { open: (settings) => openH264Encoder(settings, { element }), decode });

const settings = { width: 64, height: 48, fps: 10, bitrateKbps: 200, gopFrames: 10 };

describe("choice of encoder", () => {
  test.for([
    [[], null],
    [["fakesink"], null],
    [["openh264enc"], "openh264enc"],
    [["openh264enc", "x264enc"], "x264enc"],
    [["x264enc", "v4l2h264enc"], "v4l2h264enc"],
  ] as const)("of %j takes %s", ([available, expected]) => {
    expect(pickEncoder(available)).toBe(expected);
  });

  test("one that is not installed is a fault that says how to install it", async (context) => {
    const missing = encoderNames.find((name) => !availableEncoders().includes(name));
    if (missing === undefined) return context.skip("every known encoder is installed");
    const opening = openH264Encoder(settings, { element: missing });
    await expect(opening).rejects.toMatchObject({
      kind: "not-found",
      hint: expect.stringContaining("apt-get"),
    });
  });
});

describe("gst encoder", () => {
  test("is stopped by a frame that was not made in its memory", async () => {
    await using encoder = await openH264Encoder(settings);
    await using other = await openH264Encoder(settings);
    const memory = other.memory();
    const frame = movingPicture(settings)(0, memory);
    expect(() => encoder.encode(frame, memory)).toThrow("not lent by this encoder");
  });

  test("memory that outlives its encoder is empty, not somebody else's", async () => {
    const encoder = await openH264Encoder(settings);
    const { y } = encoder.memory();
    await encoder.close();
    expect(y.data.length).toBe(0);
  });

  test("never holds more than a few pictures", async () => {
    await using encoder = await openH264Encoder(settings);
    const picture = movingPicture(settings);
    let inside = 0;
    for (let i = 0; i < 60; i += 1) {
      const memory = encoder.memory();
      inside += 1 - encoder.encode(picture(i, memory), memory).length;
      expect(inside).toBeLessThanOrEqual(4);
    }
  });

  test("times far apart or off the rate keep their frames", async () => {
    await using encoder = await openH264Encoder(settings);
    const picture = movingPicture(settings);
    const times = [0, 1, 70_001, 3_600_000_000, 3_600_000_001];
    const units = times.flatMap((ptsUs, i) => {
      const memory = encoder.memory();
      return encoder.encode({ ...picture(i, memory), ptsUs }, memory);
    });
    units.push(...(await encoder.finish()));
    expect(units.map(({ ptsUs }) => ptsUs)).toEqual(times);
  });

  test("the size of the file follows the bitrate", async () => {
    const size = { ...settings, width: 320, height: 240 };
    const bytes = async (bitrateKbps: number): Promise<number> => {
      const rig = { open: openH264Encoder, decode };
      const { units } = await encodeMoving(rig, 40, { ...size, bitrateKbps });
      return units.reduce((sum, { data }) => sum + data.length, 0);
    };
    expect(await bytes(40)).toBeLessThan((await bytes(400)) / 2);
  });
});

test.for(["", "00000000000000", "010203"])("no codec is read from the bytes '%s'", (hex) => {
  expect(() => avcConfig(Buffer.from(hex, "hex"))).toThrow("no AVC configuration");
});
