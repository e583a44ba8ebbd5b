/**
 * Speaker through GStreamer: a sound card (ALSA, PulseAudio), opened for each sound and let go after it.
 *
 * Live sound goes through a reserve of 60 ms, then straight to the card.
 */
import { Fault } from "../fault.ts";
import { framed } from "../rtp-stream.ts";
import { durationMs, pcmBytes, type Pcm } from "../pcm.ts";
import type { Clock, SensorDriver } from "../sensors.ts";
import { liveOverMs, type Speaker } from "../speaker.ts";
import { launch, type Launched } from "./launched.ts";

/** Packets come unevenly. */
const reserveMs = 60;
const bytesPerMs = 96;
/** Of packets that the decoder has not taken: a second of speech. */
const mostWaitingBytes = 16_000;
const retryMs = 1_000;
/** Past its own length: a card that takes nothing is not waited for, or it would silence every later ring. */
const mostLateMs = 5_000;
const hint = "aplay -l lists the speakers; talk.speaker names one";

export interface GstSpeakerOptions {
  readonly clock: Clock;
  readonly name: string;
  /** Words of a pipeline that end in a sink, e.g. ["alsasink", "device=plughw:1"]. */
  readonly sink: readonly string[];
}

export function gstSpeaker(options: GstSpeakerOptions): SensorDriver<Speaker> {
  return { open: async () => new LaunchedSpeaker(options) };
}

/**
 * Shared with the simulated speaker, which decodes in the same way. No rtpjitterbuffer: behind a pipe it sometimes took
 * the machine's own clock for the first packet's time and then waited for hours (measured: 7 of 12 starts). A queue of
 * samples gives the same reserve, and leaks its oldest where more than 300 ms wait.
 */
export const decodeLive = [
  ..."fdsrc fd=0 !".split(" "),
  "application/x-rtp-stream,media=audio,clock-rate=48000,encoding-name=OPUS,payload=111",
  ..."! rtpstreamdepay ! rtpopusdepay ! opusdec plc=true ! audioconvert ! audioresample !".split(" "),
  "audio/x-raw,format=S16LE,rate=48000,channels=1",
  ..."! queue max-size-buffers=0 max-size-time=0 leaky=downstream".split(" "),
  `min-threshold-bytes=${reserveMs * bytesPerMs}`,
  `max-size-bytes=${5 * reserveMs * bytesPerMs}`,
  ..."! audioconvert ! audioresample !".split(" "),
];

/** For a sink: do not wait for a first sample before it plays, nor for any time. */
export const asItComes = ["sync=false", "async=false"];

class LaunchedSpeaker implements Speaker {
  readonly #options: GstSpeakerOptions;
  /** The newest sound, from its call to its end. */
  #turn: object | null = null;
  #sounding: Launched | null = null;
  #live: Launched | null = null;
  /** When what was killed has let the card go. */
  #free: Promise<unknown> = Promise.resolve();
  #liveFailedMonoMs = -Infinity;
  #cancelLive = (): void => {};
  #closed = false;
  dropped = 0;

  constructor(options: GstSpeakerOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  async sound(pcm: Pcm): Promise<void> {
    if (this.#closed) return;
    this.stop();
    const turn = {};
    this.#turn = turn;
    const late = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(durationMs(pcm) + mostLateMs, () => {
      if (this.#turn !== turn) return late.resolve();
      this.stop();
      late.reject(new Fault("timeout", `${this.name}: it takes no sound`, { hint }));
    });
    const play = async (): Promise<void> => {
      await this.#free; // a card takes one process at a time
      if (this.#turn === turn) await this.#play(pcm);
    };
    try {
      await Promise.race([play(), late.promise]);
    } finally {
      cancel();
      if (this.#turn === turn) this.#turn = null;
    }
  }

  live(packet: Uint8Array): void {
    const live = this.#closed || this.#turn !== null ? null : (this.#live ?? this.#beginLive());
    if (live === null) {
      this.dropped += 1;
      return;
    }
    this.#cancelLive();
    this.#cancelLive = this.#options.clock.after(liveOverMs, () => live.kill());
    if (live.stdin.writableLength > mostWaitingBytes) this.dropped += 1;
    else live.stdin.write(framed(packet));
  }

  stop(): void {
    this.#cancelLive();
    const running = [this.#sounding, this.#live];
    for (const each of running) each?.kill();
    this.#free = Promise.allSettled([this.#free, ...running.map((each) => each?.over)]);
    this.#turn = null;
    this.#sounding = null;
    this.#live = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.stop();
    await this.#free;
  }

  async #play(pcm: Pcm): Promise<void> {
    const launched = this.#launch([
      ..."fdsrc fd=0 ! rawaudioparse use-sink-caps=false format=pcm pcm-format=s16le num-channels=1".split(
        " ",
      ),
      `sample-rate=${pcm.rate}`,
      ..."! audioconvert ! audioresample !".split(" "),
    ]);
    this.#sounding = launched;
    launched.stdin.end(pcmBytes(pcm));
    await launched.over;
    if (this.#sounding === launched) this.#sounding = null;
  }

  /** Null: it failed a moment ago. */
  #beginLive(): Launched | null {
    const { clock } = this.#options;
    if (clock.monoMs() - this.#liveFailedMonoMs < retryMs) return null;
    const live = this.#launch(decodeLive, asItComes);
    this.#live = live;
    const ended = (): void => {
      if (this.#live === live) this.#live = null;
    };
    live.over.then(ended, () => {
      this.#liveFailedMonoMs = clock.monoMs();
      ended();
    });
    return live;
  }

  #launch(pipeline: readonly string[], manner: readonly string[] = []): Launched {
    const { clock, name, sink } = this.#options;
    return launch({ clock, name, hint, pipeline: [...pipeline, ...sink, ...manner] });
  }
}

const kinds = { alsa: "alsa", pulse: "pulse" } as const;

/** "alsa", "alsa:plughw:1", "pulse:NAME" -> which element, which device ("" = the system's own choice). */
export function soundDevice(text: string): { readonly kind: "alsa" | "pulse"; readonly device: string } {
  const [, kind = "", device = ""] = /^(alsa|pulse)(?::(.+))?$/u.exec(text) ?? [];
  if (kind !== kinds.alsa && kind !== kinds.pulse) throw new Fault("invalid", `"${text}" is no sound device`);
  return { kind, device };
}

export function elementOf(text: string, end: "sink" | "src"): string[] {
  const { kind, device } = soundDevice(text);
  return [`${kind}${end}`, ...(device === "" ? [] : [`device=${device}`])];
}
