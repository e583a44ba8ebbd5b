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

/** The packet as this call sends it: its payload type, its source. */
export function renamed(
  packet: Uint8Array,
  { payloadType, ssrc }: { payloadType: number; ssrc: number },
): Buffer {
  const copy = Buffer.from(packet);
  copy[1] = ((copy[1] ?? 0) & markerBit) | payloadType;
  copy.writeUInt32BE(ssrc, 8);
  return copy;
}
