/**
 * PCM: sound as numbers, one channel of 16 bits, and the one file format we read and write (RIFF/WAVE, 44 bytes before).
 *
 * `readWav` is strict on purpose: what comes from a browser is exactly what our page makes, or nothing.
 */
import { Fault } from "./fault.ts";

export interface Pcm {
  readonly rate: number;
  readonly samples: Int16Array;
}

export const wavHeadBytes = 44;
const bytesPerSample = 2;

export function durationMs({ rate, samples }: Pcm): number {
  return (samples.length / rate) * 1_000;
}

/** Little-endian, as WAVE files and sound cards here have it. */
export function pcmBytes({ samples }: Pcm): Uint8Array {
  const bytes = new Uint8Array(samples.length * bytesPerSample);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => view.setInt16(index * bytesPerSample, sample, true));
  return bytes;
}

export function samplesOf(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int16Array(Math.floor(bytes.length / bytesPerSample));
  for (let i = 0; i < samples.length; i += 1) samples[i] = view.getInt16(i * bytesPerSample, true);
  return samples;
}

export function writeWav(pcm: Pcm): Uint8Array {
  const data = pcmBytes(pcm);
  const file = new Uint8Array(wavHeadBytes + data.length);
  const view = new DataView(file.buffer);
  const letters = (at: number, text: string): void => {
    for (let i = 0; i < text.length; i += 1) view.setUint8(at + i, text.charCodeAt(i));
  };
  letters(0, "RIFF");
  view.setUint32(4, file.length - 8, true);
  letters(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, pcm.rate, true);
  view.setUint32(28, pcm.rate * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  letters(36, "data");
  view.setUint32(40, data.length, true);
  file.set(data, wavHeadBytes);
  return file;
}

/** Throws Fault `invalid`. `loose`: sizes of the header may be wrong, as where a program writes to a pipe. */
export function readWav(file: Uint8Array, loose = false): Pcm {
  if (file.length < wavHeadBytes) throw notWav(`it has ${file.length} bytes`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const letters = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (letters(0) !== "RIFF" || letters(8) !== "WAVE" || letters(12) !== "fmt " || letters(36) !== "data")
    throw notWav("its header is another one");
  const [format, channels, bits] = [20, 22, 34].map((at) => view.getUint16(at, true));
  if (view.getUint32(16, true) !== 16 || format !== 1 || channels !== 1 || bits !== 16)
    throw notWav("it is not one channel of 16 bits");
  const rate = view.getUint32(24, true);
  if (rate < 8_000 || rate > 48_000)
    throw notWav(`${rate} samples a second are not between 8,000 and 48,000`);
  const data = file.subarray(wavHeadBytes);
  if (!loose && (view.getUint32(40, true) !== data.length || view.getUint32(4, true) !== file.length - 8))
    throw notWav("its length is not the one that it states");
  return { rate, samples: samplesOf(data) };
}

function notWav(why: string): Fault {
  return new Fault("invalid", `not a sound that can be taken: ${why}`, {
    hint: "WAVE, one channel, 16 bits, nothing but fmt and data",
  });
}

/** `volume` 0 to 100, as ears count: 50 is 20 dB below 100. */
export function louder({ rate, samples }: Pcm, volume: number): Pcm {
  const gain = volume <= 0 ? 0 : 10 ** ((Math.min(100, volume) - 100) / 50);
  return { rate, samples: samples.map((sample) => Math.round(sample * gain)) };
}
