/**
 * RTP: the few bytes of its header that we look at or write (RFC 3550, 5.1). Pure.
 */
const headerBytes = 12;
/** What fits into a packet on any home network. */
export const mostRtpBytes = 1_500;
const markerBit = 0x80;

/** Null = it is no RTP of this payload type: RTCP, or something else. */
export function soundOf(packet: Uint8Array, payloadType: number): Uint8Array | null {
  const [first = 0, second = 0] = packet;
  if (packet.length <= headerBytes || packet.length > mostRtpBytes || first >> 6 !== 2) return null;
  return (second & ~markerBit) === payloadType ? packet : null;
}

/** Opus counts at 48 kHz, whatever it sounds like (RFC 7587). */
const soundHz = 48_000;
const packetTicks = soundHz / 50;

/**
 * The door's sound as one call sends it: its payload type, its source, and one count of packets and time from the first to
 * the last. Each opening of the microphone is a stream of its own that counts from anywhere; a count that went back would
 * be taken for a replay by SRTP, here and at the browser, and never be heard.
 */
export class SoundPath {
  readonly #as: { readonly payloadType: number; readonly ssrc: number };
  readonly #monoMs: () => number;
  #source: number | null = null;
  #addSequence = 0;
  #addTime = 0;
  #last = { sequence: 0, time: 0, atMs: 0 };

  constructor(as: { readonly payloadType: number; readonly ssrc: number }, monoMs: () => number) {
    this.#as = as;
    this.#monoMs = monoMs;
  }

  /** `packet` is RTP. */
  next(packet: Uint8Array): Buffer {
    const copy = Buffer.from(packet);
    const [sequence, time, source] = [copy.readUInt16BE(2), copy.readUInt32BE(4), copy.readUInt32BE(8)];
    const atMs = this.#monoMs();
    if (source !== this.#source) this.#begin({ sequence, time, source, atMs });
    const sent = {
      sequence: (sequence + this.#addSequence) & 0xffff,
      time: (time + this.#addTime) >>> 0,
      atMs,
    };
    copy[1] = ((copy[1] ?? 0) & markerBit) | this.#as.payloadType;
    copy.writeUInt16BE(sent.sequence, 2);
    copy.writeUInt32BE(sent.time, 4);
    copy.writeUInt32BE(this.#as.ssrc, 8);
    this.#last = sent;
    return copy;
  }

  /** The next packet follows the last one, as much later as it is. */
  #begin({ sequence, time, source, atMs }: Stream): void {
    if (this.#source !== null) {
      const pauseTicks = Math.max(packetTicks, Math.round(((atMs - this.#last.atMs) * soundHz) / 1_000));
      this.#addSequence = this.#last.sequence + 1 - sequence;
      this.#addTime = this.#last.time + pauseTicks - time;
    }
    this.#source = source;
  }
}

interface Stream {
  readonly sequence: number;
  readonly time: number;
  readonly source: number;
  readonly atMs: number;
}
