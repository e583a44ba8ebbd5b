/**
 * Packets: a frame as RTP packets (RFC 3550; RFC 6184 packetisation mode 1), on a 90 kHz clock.
 *
 * A NAL unit that fits goes alone, a larger one in FU-A pieces; the last packet of a frame carries the marker.
 * Times and numbers begin at random, so that they tell nothing. Also counts for the sender reports.
 */
import { randomBytes } from "node:crypto";
import type { AccessUnit } from "../picture/avc.ts";

export const payloadType = 96;
export const clockHz = 90_000;
/** Fits an Ethernet frame with RTP's, TCP's and IPv6's headers. */
const mostBytes = 1_400;
const headerBytes = 12;
const fuA = 28;
const version2 = 0x80;
const marker = 0x80;
const two32 = 2 ** 32;

export class Packetiser {
  readonly ssrc = randomBytes(4).readUInt32BE();
  readonly #firstTime = randomBytes(4).readUInt32BE();
  #sequence = randomBytes(2).readUInt16BE();
  packets = 0;
  octets = 0;

  /** Number of the next packet. */
  get sequence(): number {
    return this.#sequence;
  }

  timeOf(ptsUs: number): number {
    return (this.#firstTime + Math.round((ptsUs * clockHz) / 1e6)) % two32;
  }

  packetsOf({ nals, ptsUs }: AccessUnit): Buffer[] {
    const time = this.timeOf(ptsUs);
    const payloads = nals.flatMap(piecesOf);
    return payloads.map((payload, i) => this.#packet(payload, time, i === payloads.length - 1));
  }

  #packet(payload: Uint8Array, time: number, isLast: boolean): Buffer {
    const packet = Buffer.allocUnsafe(headerBytes + payload.length);
    packet[0] = version2;
    packet[1] = payloadType | (isLast ? marker : 0);
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(time, 4);
    packet.writeUInt32BE(this.ssrc, 8);
    packet.set(payload, headerBytes);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packets += 1;
    this.octets += payload.length;
    return packet;
  }
}

function piecesOf(nal: Uint8Array): Uint8Array[] {
  if (nal.length <= mostBytes) return [nal];
  const head = nal[0] ?? 0;
  const pieces: Uint8Array[] = [];
  const room = mostBytes - 2;
  for (let at = 1; at < nal.length; at += room) {
    const part = nal.subarray(at, at + room);
    const start = at === 1 ? 0x80 : 0;
    const end = at + room >= nal.length ? 0x40 : 0;
    pieces.push(Buffer.concat([Uint8Array.of((head & 0xe0) | fuA, start | end | (head & 31)), part]));
  }
  return pieces;
}
