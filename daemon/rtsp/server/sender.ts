/**
 * Sender: frames of the feed into one connection, as interleaved RTP with a report every few seconds.
 *
 * A client that reads too slowly skips to the next keyframe; what it skipped is counted. One that has not taken a byte
 * for ten seconds is given up. Nothing is kept for it: what waits is what its socket holds, which is bounded.
 */
import type { Socket } from "node:net";
import type { Clock } from "../../../hal/sensors.ts";
import type { AccessUnit } from "../picture/avc.ts";
import { Packetiser } from "../rtp/packets.ts";
import { senderReportOf } from "../rtp/report.ts";
import type { Counts } from "./counts.ts";

/** Waiting bytes past which a client skips. */
const slowBytes = 1024 * 1024;
const stuckMs = 10_000;
const reportEveryMs = 5_000;
const dollar = 0x24;

export interface SenderOptions {
  readonly socket: Pick<Socket, "write" | "writableLength" | "bytesWritten">;
  readonly clock: Clock;
  /** Channels of RTP and RTCP. */
  readonly channels: readonly [rtp: number, rtcp: number];
  readonly counts: Counts;
  readonly onStuck: () => void;
}

export class Sender {
  readonly #options: SenderOptions;
  readonly packetiser = new Packetiser();
  #waitsForKey = true;
  /** Before its first keyframe nothing was skipped. */
  #hasBegun = false;
  #reportedMs = -Infinity;
  #takenBytes = -1;
  #takenMs = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  push(unit: AccessUnit): void {
    const { socket, counts, onStuck } = this.#options;
    if (this.#isStuck()) return onStuck();
    const isSlow = socket.writableLength > slowBytes;
    if (unit.keyframe) this.#waitsForKey = isSlow;
    else if (isSlow) this.#waitsForKey = true;
    if (this.#waitsForKey) {
      if (this.#hasBegun) counts.dropped += 1;
      return;
    }
    this.#hasBegun = true;
    const [rtp, rtcp] = this.#options.channels;
    const frames = this.packetiser.packetsOf(unit).flatMap((packet) => framed(rtp, packet));
    socket.write(Buffer.concat([...frames, ...this.#report(rtcp, unit)]));
    counts.out += 1;
  }

  #report(channel: number, { ptsUs, wallMs }: AccessUnit): Buffer[] {
    const nowMs = this.#options.clock.monoMs();
    if (nowMs - this.#reportedMs < reportEveryMs) return [];
    this.#reportedMs = nowMs;
    const { ssrc, packets, octets } = this.packetiser;
    const rtpTime = this.packetiser.timeOf(ptsUs);
    return framed(channel, senderReportOf({ ssrc, wallMs, rtpTime, packets, octets }));
  }

  #isStuck(): boolean {
    const { socket, clock } = this.#options;
    const takenBytes = socket.bytesWritten - socket.writableLength;
    if (takenBytes !== this.#takenBytes || socket.writableLength === 0) {
      this.#takenBytes = takenBytes;
      this.#takenMs = clock.monoMs();
    }
    return clock.monoMs() - this.#takenMs >= stuckMs;
  }
}

/** RFC 2326, 10.12. */
function framed(channel: number, packet: Buffer): [Buffer, Buffer] {
  const header = Buffer.from([dollar, channel, 0, 0]);
  header.writeUInt16BE(packet.length, 2);
  return [header, packet];
}
