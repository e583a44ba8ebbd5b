/**
 * Recorder: some seconds of this device's microphone as a WAVE file, made here.
 *
 * The browser decodes and resamples what it recorded, so that the doorbell never has to read a foreign container.
 */
import { writeWav } from "../../hal/pcm.ts";
import { Fault } from "../../hal/fault.ts";
import { mostReplyS, replyRate } from "../../daemon/wire/reply-limits.ts";
import { openVoice } from "./voice.ts";
import { words } from "../words.ts";

export interface Recording {
  /** Resolves with the file. */
  readonly done: Promise<Uint8Array<ArrayBuffer>>;
  stop(): void;
  /** Stops, and `done` rejects with Fault `cancelled`: nothing of it is kept. */
  drop(): void;
}

/** Throws Fault `unavailable` with what to do about a missing microphone. Ends by itself at the longest. */
export async function record(): Promise<Recording> {
  const { state, track } = await openVoice();
  if (track === null) throw new Fault("unavailable", words.talk.voice[state].toLowerCase());
  track.enabled = true;
  const recorder = new MediaRecorder(new MediaStream([track]));
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise<void>((resolve) =>
    recorder.addEventListener("stop", () => resolve(), { once: true }),
  );
  const stop = (): void => {
    clearTimeout(timer);
    if (recorder.state !== "inactive") recorder.stop();
    track.stop();
  };
  let isDropped = false;
  const drop = (): void => {
    isDropped = true;
    stop();
  };
  const timer = setTimeout(stop, mostReplyS * 1_000 - 200);
  recorder.start();
  const done = stopped.then(() => {
    if (isDropped) throw new Fault("cancelled", "the recording was given up");
    return wavOf(new Blob(parts));
  });
  return { done, stop, drop };
}

async function wavOf(recorded: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const decoding = new OfflineAudioContext(1, 1, replyRate);
  // resampled to the rate of the context that decodes
  const sound = await decoding.decodeAudioData(await recorded.arrayBuffer());
  const length = Math.min(sound.length, mostReplyS * replyRate);
  const mixing = new OfflineAudioContext(1, Math.max(1, length), replyRate);
  const source = mixing.createBufferSource();
  source.buffer = sound;
  source.connect(mixing.destination);
  source.start();
  const mono = (await mixing.startRendering()).getChannelData(0);
  const samples = Int16Array.from(mono, (value) => Math.round(Math.max(-1, Math.min(1, value)) * 32_767));
  return new Uint8Array(writeWav({ rate: replyRate, samples }));
}
