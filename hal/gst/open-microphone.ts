/**
 * Open microphone through GStreamer: a sound card, encoded to Opus in a process that lives while it is open.
 */
import { Fault, toFault } from "../fault.ts";
import type { OpenMicrophone } from "../open-microphone.ts";
import { PacketReader } from "../rtp-stream.ts";
import type { Clock, SensorDriver } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { launch } from "./launched.ts";

/** A sound card that has not said anything by then never will. */
const firstPacketMs = 15_000;
const hint = "arecord -l lists the microphones; talk.microphone names one";

export interface GstOpenMicrophoneOptions {
  readonly clock: Clock;
  readonly name: string;
  /** Words of a pipeline that begin with a source, e.g. ["alsasrc", "device=plughw:1"]. */
  readonly source: readonly string[];
}

const encode =
  "! audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1 ! opusenc frame-size=20 bitrate=32000 audio-type=voice inband-fec=true ! rtpopuspay pt=111 ! rtpstreampay ! fdsink fd=1 sync=false async=false".split(
    " ",
  );

export function gstOpenMicrophone(options: GstOpenMicrophoneOptions): SensorDriver<OpenMicrophone> {
  return { open: () => open(options) };
}

async function open({ clock, name, source }: GstOpenMicrophoneOptions): Promise<OpenMicrophone> {
  const packets = new Subscribers<Uint8Array>();
  const losses = new Subscribers<Error>();
  const first = Promise.withResolvers<void>();
  const launched = launch({ clock, name, hint, pipeline: [...source, ...encode] });
  const reader = new PacketReader();
  launched.stdout.on("data", (bytes: Buffer) => {
    for (const packet of reader.take(bytes)) {
      first.resolve();
      packets.tell(packet);
    }
  });
  const lost = (error: unknown): void => {
    first.reject(error);
    losses.tell(toFault(error));
    losses.clear();
  };
  launched.over.then(() => lost(new Fault("unavailable", `${name} ended`, { hint })), lost);
  const cancel = clock.after(firstPacketMs, () =>
    first.reject(new Fault("timeout", `${name}: no sound within ${firstPacketMs / 1_000} s`, { hint })),
  );
  const close = async (): Promise<void> => {
    packets.clear();
    losses.clear();
    launched.kill();
    await launched.over.catch(() => {});
  };
  try {
    await first.promise;
  } catch (error) {
    await close();
    throw error;
  } finally {
    cancel();
  }
  return {
    name,
    onPacket: (handler) => packets.on(handler),
    onLost: (handler) => losses.on(handler),
    [Symbol.asyncDispose]: close,
  };
}
