import { expect, test } from "vitest";
import { systemClock } from "../../../hal/clock.ts";
import { levelIn } from "../../../hal/gst/level.ts";
import { gstMicrophone } from "../../../hal/gst/microphone.ts";

test("hears a tone through GStreamer, in a process of its own, as one number at a time", async () => {
  const driver = gstMicrophone({ clock: systemClock, source: "audiotestsrc", device: "" });
  await using microphone = await driver.open();
  expect(microphone.name).toBe("audiotestsrc");
  const levels: number[] = [];
  await new Promise<void>((resolve) => {
    microphone.onLevel(({ db }) => {
      levels.push(db);
      if (levels.length === 5) resolve();
    });
  });
  // a sine at 0.8 of full scale: 20 log10(0.8 / sqrt(2))
  for (const db of levels) expect(db).toBeCloseTo(-4.95, 0);
});

test("a card that is not there is words with what to do", async () => {
  const driver = gstMicrophone({ clock: systemClock, source: "alsasrc", device: "hw:99" });
  const fault = await driver.open().then(
    () => null,
    (error: unknown) => error,
  );
  expect(fault).toMatchObject({
    name: "Fault",
    hint: expect.stringMatching(/arecord|apt-get .* gstreamer1\.0-alsa$/u),
  });
});

test.each([
  ["level, endtime=(guint64)20000000, rms=(GValueArray)< -12.5, -20 >, peak=(GValueArray)< 0, 0 >;", -12.5],
  ["level, rms=(double){ -3.25 };", -3.25],
  ["level, rms=(GValueArray)< -inf >;", -100],
  ["level, rms=(GValueArray)< (double)-700, (double)-450.5 >;", -100],
  ["GstMessageError, gerror=(GError)NULL;", null],
])("reads %s", (text, db) => {
  expect(levelIn(text)).toBe(db);
});
