/**
 * Peer: one browser in a call: our picture and the door's sound to it, its sound to us.
 *
 * Built on libdatachannel. Only addresses of this machine are offered (no STUN, no TURN); nothing is sent before the
 * browser has found us. A picture goes out as its frame came, under the eye's own time; what was before the call is
 * sent at once, a thousandth of a second apart, so that the newest picture is on the screen first.
 */
import nodeDataChannel, { type PeerConnection, type Track } from "node-datachannel";
import { randomInt } from "node:crypto";
import { offerText, type Offer, type OfferSection } from "../wire/call.ts";
import type { LiveUnit } from "../wire/live.ts";
import { SoundPath, soundOf } from "./rtp.ts";
import { parameterSets, pictureOf, type ParameterSets } from "./units.ts";

const clockHz = 90_000;
/** Below what a tunnel leaves of 1,500 bytes. */
const mostFragmentBytes = 1_180;
const burstTicks = 90;
const ticks32 = 2 ** 32;

export interface PeerOptions {
  readonly offer: Offer;
  readonly bindAddress: string | null;
  /** Of the newest init unit, if there was one. */
  readonly profileLevelId: string | null;
  readonly onAnswer: (sdp: string) => void;
  readonly onConnected: () => void;
  readonly onEnded: (why: string) => void;
  /** One RTP packet of what the browser says. */
  readonly onSound: (packet: Uint8Array) => void;
}

interface Outgoing {
  readonly track: Track;
  readonly ssrc: number;
  readonly payloadType: number;
}

interface Sound extends Outgoing {
  readonly path: SoundPath;
}

interface Picture extends Outgoing {
  readonly time: { timestamp: number };
}

export class Peer {
  readonly #options: PeerOptions;
  readonly #connection: PeerConnection;
  readonly #picture: Picture | null;
  readonly #sound: Sound | null;
  #sets: ParameterSets | null = null;
  #waitsForKey = true;
  #isLive = false;
  /** Units until the connection stands: the newest GOP. */
  #held: LiveUnit[] = [];
  #ended = false;
  dropped = 0;

  /** Throws what the library throws. */
  constructor(options: PeerOptions) {
    this.#options = options;
    const { offer, bindAddress } = options;
    this.#connection = new nodeDataChannel.PeerConnection("sill", {
      iceServers: [],
      ...(bindAddress === null ? {} : { bindAddress }),
      mtu: 1_200,
    });
    const section = (kind: OfferSection["kind"]): OfferSection | undefined =>
      offer.sections.find((each) => each.kind === kind);
    const [video, audio] = [section("video"), section("audio")];
    this.#picture = video === undefined ? null : this.#addPicture(video);
    this.#sound = audio === undefined ? null : this.#addSound(audio);
    this.#connection.onStateChange((state) => this.#changed(state));
    this.#connection.onGatheringStateChange((state) => {
      const description = state === "complete" ? this.#connection.localDescription() : null;
      if (description !== null) options.onAnswer(description.sdp);
    });
    this.#connection.setRemoteDescription(offerText(offer), "offer");
  }

  unit(unit: LiveUnit): void {
    if (unit.kind === "init") {
      this.#sets = parameterSets(unit.payload);
      this.#waitsForKey = true;
      this.#held = [];
      return;
    }
    if (unit.kind === "key") this.#held = [];
    if (this.#isLive) this.#send(unit, 0);
    else if (this.#picture !== null) this.#held.push(unit);
  }

  /** One RTP packet of what is heard at the door. */
  sound(packet: Uint8Array): void {
    const sound = this.#sound;
    if (sound === null || this.#ended || !sound.track.isOpen()) return;
    sound.track.sendMessageBinary(sound.path.next(packet));
  }

  /** Nothing of what came so far may be shown any more. */
  forget(): void {
    this.#held = [];
    this.#waitsForKey = true;
  }

  close(): void {
    this.#ended = true;
    this.#held = [];
    this.#connection.close();
  }

  #addPicture({ mid, payloadType, playoutDelayId }: OfferSection): Picture {
    const video = new nodeDataChannel.Video(mid, "SendOnly");
    const profile = this.#options.profileLevelId ?? "42e01f";
    video.addH264Codec(
      payloadType,
      `level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=${profile}`,
    );
    const ssrc = randomInt(1, ticks32 - 1);
    video.addSSRC(ssrc, "sill", "sill-picture", "picture");
    if (playoutDelayId !== null)
      video.parseSdpLine(
        `a=extmap:${playoutDelayId} http://www.webrtc.org/experiments/rtp-hdrext/playout-delay`,
      );
    const time = new nodeDataChannel.RtpPacketizationConfig(ssrc, "sill", payloadType, clockHz);
    if (playoutDelayId !== null)
      Object.assign(time, { playoutDelayId, playoutDelayMin: 0, playoutDelayMax: 0 });
    const packetizer = new nodeDataChannel.H264RtpPacketizer("Length", time, mostFragmentBytes);
    packetizer.addToChain(new nodeDataChannel.RtcpSrReporter(time));
    packetizer.addToChain(new nodeDataChannel.RtcpNackResponder());
    const track = this.#connection.addTrack(video);
    track.setMediaHandler(packetizer);
    track.onOpen(() => this.#begin());
    return { track, ssrc, payloadType, time };
  }

  #addSound({ mid, payloadType, sends }: OfferSection): Sound {
    const audio = new nodeDataChannel.Audio(mid, sends ? "SendRecv" : "SendOnly");
    audio.addOpusCodec(payloadType, "minptime=10;useinbandfec=1");
    const ssrc = randomInt(1, ticks32 - 1);
    audio.addSSRC(ssrc, "sill", "sill-sound", "sound");
    const track = this.#connection.addTrack(audio);
    track.onMessage((packet) => {
      const sound = soundOf(packet, payloadType);
      if (sound !== null) this.#options.onSound(sound);
    });
    const path = new SoundPath({ payloadType, ssrc }, () => performance.now());
    return { track, ssrc, payloadType, path };
  }

  #changed(state: string): void {
    if (this.#ended) return;
    if (state === "connected") this.#options.onConnected();
    if (state !== "failed" && state !== "closed" && state !== "disconnected") return;
    this.#ended = true;
    this.#options.onEnded(`the connection is ${state}`);
  }

  #begin(): void {
    if (this.#isLive) return;
    this.#isLive = true;
    const held = this.#held.splice(0);
    held.forEach((unit, index) => this.#send(unit, held.length - 1 - index, held.at(-1)?.ptsUs));
  }

  /** `before`: so many frames before the newest one, whose time is `newestUs`. */
  #send(unit: LiveUnit, before: number, newestUs = unit.ptsUs): void {
    const picture = this.#picture;
    if (picture === null || this.#ended || !picture.track.isOpen()) return;
    if (unit.kind === "key") this.#waitsForKey = false;
    if (this.#waitsForKey || this.#sets === null) {
      this.dropped += 1;
      return;
    }
    const frame = pictureOf(unit.payload);
    const ticks = Math.round((newestUs * clockHz) / 1e6) - before * burstTicks;
    picture.time.timestamp = ((ticks % ticks32) + ticks32) % ticks32;
    picture.track.sendMessageBinary(Buffer.concat(unit.kind === "key" ? [this.#sets.bytes, frame] : [frame]));
  }
}
