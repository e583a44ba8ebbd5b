/**
 * Simulated speaker: sounds nothing and keeps the last seconds of what it would have sounded, for a test to listen to.
 *
 * Live sound is decoded as the real speaker does it; where GStreamer is missing, live packets are dropped and counted.
 */
import { asItComes, decodeLive } from "../gst/speaker.ts";
import { launch, type Launched } from "../gst/launched.ts";
import { durationMs, samplesOf, type Pcm } from "../pcm.ts";
import { framed } from "../rtp-stream.ts";
import type { Clock } from "../sensors.ts";
import { liveOverMs, type Speaker } from "../speaker.ts";

/** Of everything that is kept: what a voice needs. */
export const heardRate = 16_000;
const heardS = 20;
const keep = heardRate * heardS;

export interface SimSpeaker extends Speaker {
  readonly sounding: boolean;
  /** How many sounds began. */
  readonly sounded: number;
  /** The newest of what was sounded, silence between left out. */
  heard(): Pcm;
}

export function simSpeaker({ clock }: { readonly clock: Clock }): SimSpeaker {
  let heard = new Int16Array(0);
  let sounded = 0;
  let dropped = 0;
  let closed = false;
  let silence: (() => void) | null = null;
  let live: Launched | null = null;
  let cancelLive = (): void => {};

  const hear = (samples: Int16Array): void => {
    const all = new Int16Array(Math.min(keep, heard.length + samples.length));
    const before = heard.subarray(Math.max(0, heard.length + samples.length - keep));
    all.set(before);
    all.set(samples.subarray(Math.max(0, samples.length - keep)), before.length);
    heard = all;
  };
  const stop = (): void => {
    cancelLive();
    silence?.();
    live?.kill();
    live = null;
  };
  const beginLive = (): Launched => {
    const caps = `audio/x-raw,format=S16LE,rate=${heardRate},channels=1`;
    const pipeline = [...decodeLive, caps, "!", "fdsink", "fd=1", ...asItComes];
    const launched = launch({ clock, name: "sim speaker", hint: "npm run setup", pipeline });
    let odd: Buffer = Buffer.alloc(0);
    launched.stdout.on("data", (bytes: Buffer) => {
      const all = Buffer.concat([odd, bytes]);
      const whole = all.length - (all.length % 2);
      odd = all.subarray(whole);
      hear(samplesOf(all.subarray(0, whole)));
    });
    const ended = (): void => {
      if (live === launched) live = null;
    };
    launched.over.then(ended, ended);
    return launched;
  };
  return {
    name: "sim speaker",
    get sounding() {
      return silence !== null;
    },
    get sounded() {
      return sounded;
    },
    get dropped() {
      return dropped;
    },
    heard: () => ({ rate: heardRate, samples: heard }),
    async sound(pcm) {
      if (closed) return;
      stop();
      sounded += 1;
      hear(resampled(pcm));
      await new Promise<void>((resolve) => {
        const end = (): void => {
          cancel();
          if (silence === end) silence = null;
          resolve();
        };
        const cancel = clock.after(durationMs(pcm), end);
        silence = end;
      });
    },
    live(packet) {
      if (closed || silence !== null) {
        dropped += 1;
        return;
      }
      const launched = (live ??= beginLive());
      cancelLive();
      cancelLive = clock.after(liveOverMs, () => launched.kill());
      launched.stdin.write(framed(packet));
    },
    stop,
    async [Symbol.asyncDispose]() {
      closed = true;
      const running = live;
      stop();
      await running?.over.catch(() => {});
    },
  };
}

/** The nearest sample: for tests and testers this is good enough. */
function resampled({ rate, samples }: Pcm): Int16Array {
  const count = Math.floor((samples.length * heardRate) / rate);
  return Int16Array.from({ length: count }, (_, i) => samples[Math.floor((i * rate) / heardRate)] ?? 0);
}
