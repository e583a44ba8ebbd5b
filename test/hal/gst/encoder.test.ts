/** H.264 through GStreamer: the contract, for every encoder that is installed here. */
import { describe, expect, test } from "vitest";
import { avcConfig } from "../../../hal/gst/avc.ts";
import { encoderChain, encoderNames } from "../../../hal/gst/encoder-elements.ts";
import { EncoderChooser, judgedEncoders, openH264Encoder } from "../../../hal/gst/encoder.ts";
import { describeEncoder, encodeMoving } from "../../contract/encoder.ts";
import { movingPicture } from "../../contract/masked.ts";
import { decode } from "./annex-b.ts";

const usable = (await judgedEncoders()).filter((verdict) => verdict.usable).map(({ name }) => name);
for (const element of usable)
  describeEncoder(`gst ${element}`, { open: (settings) => openH264Encoder(settings, { element }), decode });

const settings = { width: 64, height: 48, fps: 10, bitrateKbps: 200, gopFrames: 10 };

describe("choice of encoder", () => {
  test("one that is not installed is a fault that says how to install it", async (context) => {
    const missing = encoderNames.find((name) => !usable.includes(name));
    if (missing === undefined) return context.skip("every known encoder is installed");
    const opening = openH264Encoder(settings, { element: missing });
    await expect(opening).rejects.toMatchObject({
      kind: "not-found",
      hint: expect.stringContaining("apt-get"),
    });
  });
});

describe("hardware that does not work", () => {
  const software = encoderChain("x264enc", { ...settings, level: "4" });
  const soft = { name: "x264enc", chain: software, hardware: false };
  const broken = [
    ["fails at its first picture", `identity error-after=1 ! ${software}`],
    ["takes pictures and gives none", `fakesink async=false videotestsrc num-buffers=0 ! ${software}`],
    ["refuses the picture", `video/x-raw,width=16 ! ${software}`],
    ["is not there", `nosuchencoder ! ${software}`],
  ] as const;

  test.for(broken)("and %s is passed over for software, and said", async ([, chain]) => {
    const chooser = new EncoderChooser();
    const hard = { name: "v4l2h264enc", chain, hardware: true };
    await using encoder = await chooser.open([hard, soft], settings);
    expect(encoder.name).toBe("x264enc");
    expect(encoder.instead).toMatch(/^x264enc is used: v4l2h264enc does not work \(.+\)$/);
    const memory = encoder.memory();
    const units = encoder.encode(movingPicture(settings)(0, memory), memory);
    expect([...units, ...(await encoder.finish())]).toHaveLength(1);
  });

  test("and dies in use is not taken again", async () => {
    const chooser = new EncoderChooser();
    const dies = { name: "v4l2h264enc", chain: `identity error-after=9 ! ${software}`, hardware: true };
    await using first = await chooser.open([dies, soft], settings);
    expect([first.name, first.instead]).toEqual(["v4l2h264enc", undefined]);
    const picture = movingPicture(settings);
    const use = (): void => {
      for (let i = 0; i < 30; i += 1) {
        const memory = first.memory();
        first.encode(picture(i, memory), memory);
      }
    };
    expect(use).toThrow(expect.objectContaining({ kind: "unavailable" }));
    await using second = await chooser.open([dies, soft], settings);
    expect([second.name, second.instead]).toEqual(["x264enc", expect.stringContaining("v4l2h264enc")]);
  });

  test("with nothing behind it is a fault", async () => {
    const hard = { name: "v4l2h264enc", chain: broken[0][1], hardware: true };
    const opening = new EncoderChooser().open([hard], settings);
    await expect(opening).rejects.toMatchObject({ kind: "unavailable" });
    await expect(new EncoderChooser().open([], settings)).rejects.toMatchObject({ kind: "not-found" });
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
