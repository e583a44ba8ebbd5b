/** Speaker and microphone through GStreamer: into a file, and through ALSA's own plugins where no card is. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { systemClock as clock } from "../../../hal/clock.ts";
import { faultIn } from "../../../hal/gst/launched.ts";
import { gstOpenMicrophone } from "../../../hal/gst/open-microphone.ts";
import { elementOf, gstSpeaker } from "../../../hal/gst/speaker.ts";
import { SimClock } from "../../../hal/sim/clock.ts";
import { samplesOf } from "../../../hal/pcm.ts";
import { purity, sine } from "../../../scripts/rigs/tone-ear.ts";
import { openMicrophoneContract } from "../../contract/open-microphone.ts";
import { speakerContract } from "../../contract/speaker.ts";

const rate = 48_000;
const caps = [`audio/x-raw,format=S16LE,rate=${rate},channels=1`, "!"];

speakerContract("gst", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sill-sound-"));
  const file = join(folder, "heard");
  const sink = [
    ...caps,
    "filesink",
    `location=${file}`,
    "append=true",
    "sync=true",
    "buffer-mode=unbuffered",
  ];
  const speaker = await gstSpeaker({ clock, name: "a file", sink }).open();
  return {
    speaker,
    heard: async () => ({
      rate,
      samples: samplesOf(existsSync(file) ? await readFile(file) : Buffer.alloc(0)),
    }),
    async [Symbol.asyncDispose]() {
      await speaker[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

const source = "audiotestsrc is-live=true wave=sine samplesperbuffer=960 freq=700".split(" ");
openMicrophoneContract("gst", { driver: gstOpenMicrophone({ clock, name: "a tone", source }), hertz: 700 });

test("a tone goes through ALSA, to the device that is named", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sill-alsa-"));
  const file = join(folder, "heard");
  const sink = [...caps, "alsasink", `device=file:'${file}',raw`];
  await using speaker = await gstSpeaker({ clock, name: "alsa", sink }).open();
  await speaker.sound(sine(800, 0.5));
  const samples = samplesOf((await readFile(file)).subarray(0, rate * 2));
  expect(purity({ rate, samples }, 800)).toBeGreaterThan(0.8);
  await rm(folder, { recursive: true });
});

test("a card that takes nothing is given up, and the sound after it is tried again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sill-stuck-"));
  const fifo = join(folder, "nobody-reads");
  execFileSync("mkfifo", [fifo]);
  const time = new SimClock();
  await using speaker = await gstSpeaker({
    clock: time,
    name: "stuck",
    sink: ["filesink", `location=${fifo}`],
  }).open();
  for (let turn = 0; turn < 2; turn += 1) {
    const turns = { over: false };
    const sound = speaker.sound(sine(800, 0.1)).finally(() => (turns.over = true));
    sound.catch(() => {});
    while (!turns.over) {
      await time.advance(1_000);
      await setImmediate();
    }
    await expect(sound).rejects.toMatchObject({ kind: "timeout", message: "stuck: it takes no sound" });
    await time.advance(2_000);
  }
  await rm(folder, { recursive: true });
});

test("a card that is not there is words with what to do", async () => {
  const sink = elementOf("alsa:hw:99", "sink");
  await using speaker = await gstSpeaker({ clock, name: "alsa:hw:99", sink }).open();
  await expect(speaker.sound(sine(800, 0.1))).rejects.toMatchObject({
    name: "Fault",
    message: expect.stringContaining("alsa:hw:99: "),
    hint: "aplay -l lists the speakers; talk.speaker names one",
  });
  const microphone = gstOpenMicrophone({ clock, name: "alsa:hw:99", source: elementOf("alsa:hw:99", "src") });
  await expect(microphone.open()).rejects.toMatchObject({
    name: "Fault",
    hint: expect.stringContaining("arecord -l"),
  });
});

test.each([
  ["alsa", ["alsasink"]],
  ["alsa:plughw:CARD=USB,DEV=0", ["alsasink", "device=plughw:CARD=USB,DEV=0"]],
  ["pulse:kitchen", ["pulsesink", "device=kitchen"]],
])("%s is %j", (text, words) => {
  expect(elementOf(text, "sink")).toEqual(words);
});

test.each([
  [
    'WARNING: erroneous pipeline: no element "alsasink"',
    "not-found",
    "sudo apt-get install --no-install-recommends gstreamer1.0-alsa",
  ],
  [
    "ERROR: from element /GstPipeline:pipeline0/GstAlsaSink:a: Could not open audio device for playback.\nPlayback open error on device 'x': No such device",
    "not-found",
    "look",
  ],
  ["ERROR: from element /a/b: Could not open.\nPermission denied", "denied", "look"],
  ["", "unavailable", "look"],
])("reads %j", (said, kind, hint) => {
  expect(faultIn(said, "card", "look")).toMatchObject({ kind, hint });
});
