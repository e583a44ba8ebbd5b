/**
 * Phone rig: somebody in a call with a doorbell, without a browser.
 *
 * The same native library at the other end, in this process. `picture` gathers what comes as H.264 in Annex B, so that a
 * player reads it; `heard` hands over what is said at the door, and `say` says something there.
 */
import nodeDataChannel, { type Track } from "node-datachannel";
import { SoundPath } from "../../daemon/talk/rtp.ts";
import type { CallAnswer } from "../../daemon/wire/api-talk.ts";
import { expectOk, putJson, type SignedInHuman } from "./person.ts";

const [soundType, pictureType] = [111, 102];
const voiceSsrc = 4_711;
const startCode = Buffer.from([0, 0, 0, 1]);
const mostNals = 4_000;

export interface PhoneOptions {
  readonly sound?: boolean;
  readonly picture?: boolean;
}

export interface Phone extends AsyncDisposable {
  readonly id: string;
  readonly heardBecause: CallAnswer["heard"];
  readonly state: () => string;
  /** NAL units so far, each behind a start code. */
  picture(): Buffer;
  /** Number of them. */
  readonly nals: () => number;
  onHeard(handler: (packet: Uint8Array) => void): void;
  say(packet: Uint8Array): void;
  talk(talking: boolean): Promise<Response>;
  hangUp(): Promise<Response>;
}

/** An offer as a browser would make it. */
export async function offerOf({ sound = true, picture = true }: PhoneOptions = {}) {
  const connection = new nodeDataChannel.PeerConnection("phone", {
    iceServers: [],
    bindAddress: "127.0.0.1",
  });
  const tracks: { sound: Track | null; picture: Track | null } = { sound: null, picture: null };
  if (sound) {
    const audio = new nodeDataChannel.Audio("0", "SendRecv");
    audio.addOpusCodec(soundType);
    audio.addSSRC(voiceSsrc, "phone", "phone", "voice");
    tracks.sound = connection.addTrack(audio);
  }
  if (picture) {
    const video = new nodeDataChannel.Video("1", "RecvOnly");
    video.addH264Codec(pictureType, "profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1");
    tracks.picture = connection.addTrack(video);
  }
  const gathered = new Promise<void>((resolve) =>
    connection.onGatheringStateChange((state) => state === "complete" && resolve()),
  );
  connection.setLocalDescription("offer");
  await gathered;
  return { connection, tracks, sdp: connection.localDescription()?.sdp ?? "" };
}

export function postCall(who: SignedInHuman, sdp: string): Promise<Response> {
  return putJson(who, "/api/calls", { sdp }, "POST");
}

/** Throws what the doorbell answered. */
export async function call(who: SignedInHuman, options: PhoneOptions = {}): Promise<Phone> {
  const { connection, tracks, sdp } = await offerOf(options);
  const nals: Buffer[] = [];
  const pieces = new Pieces((nal) => nals.length < mostNals && nals.push(startCode, nal));
  let heard: (packet: Uint8Array) => void = () => {};
  tracks.picture?.onMessage((packet) => isOf(packet, pictureType) && pieces.take(payloadOf(packet)));
  tracks.sound?.onMessage((packet) => isOf(packet, soundType) && heard(packet));
  const voice = new SoundPath({ payloadType: soundType, ssrc: voiceSsrc }, () => performance.now());
  const close = (): void => connection.close();
  try {
    const answer = (await (await expectOk(await postCall(who, sdp))).json()) as CallAnswer;
    connection.setRemoteDescription(answer.sdp, "answer");
    return {
      id: answer.id,
      heardBecause: answer.heard,
      state: () => connection.state(),
      picture: () => Buffer.concat(nals),
      nals: () => nals.length / 2,
      onHeard: (handler) => (heard = handler),
      say: (packet) => {
        if (tracks.sound?.isOpen() === true) tracks.sound.sendMessageBinary(voice.next(packet));
      },
      talk: (talking) => putJson(who, `/api/calls/${answer.id}`, { talking }),
      hangUp: () => who.fetch(`/api/calls/${answer.id}`, { method: "DELETE" }),
      async [Symbol.asyncDispose]() {
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

function isOf(packet: Buffer, payloadType: number): boolean {
  return packet.length > 12 && packet.readUInt8(0) >> 6 === 2 && (packet.readUInt8(1) & 127) === payloadType;
}

/** Behind header, sources and extension. */
function payloadOf(packet: Buffer): Buffer {
  const first = packet.readUInt8(0);
  const at = 12 + 4 * (first & 15);
  if ((first & 16) === 0) return packet.subarray(at);
  return packet.subarray(at + 4 + 4 * packet.readUInt16BE(at + 2));
}

/** RFC 6184: single units, aggregates (STAP-A), fragments (FU-A). */
class Pieces {
  readonly #onNal: (nal: Buffer) => void;
  #parts: Buffer[] = [];

  constructor(onNal: (nal: Buffer) => void) {
    this.#onNal = onNal;
  }

  take(payload: Buffer): void {
    const first = payload.readUInt8(0);
    const type = first & 31;
    if (type === 24) {
      for (let at = 1; at + 2 < payload.length;) {
        const length = payload.readUInt16BE(at);
        this.#onNal(payload.subarray(at + 2, at + 2 + length));
        at += 2 + length;
      }
      return;
    }
    if (type !== 28) return this.#onNal(payload);
    const second = payload.readUInt8(1);
    if ((second & 128) !== 0) this.#parts = [Buffer.from([(first & 224) | (second & 31)])];
    this.#parts.push(payload.subarray(2));
    if ((second & 64) !== 0) this.#onNal(Buffer.concat(this.#parts));
  }
}
