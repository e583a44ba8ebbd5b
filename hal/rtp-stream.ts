/**
 * RTP stream: packets one after the other in a pipe, each behind its length in two bytes (RFC 4571).
 */
const lengthBytes = 2;

export function framed(packet: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(lengthBytes + packet.length);
  new DataView(bytes.buffer).setUint16(0, packet.length);
  bytes.set(packet, lengthBytes);
  return bytes;
}

/** Cuts what comes out of a pipe into packets again. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0);

  *take(bytes: Buffer): Generator<Uint8Array> {
    let at = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    while (at.length >= lengthBytes) {
      const end = lengthBytes + at.readUInt16BE(0);
      if (at.length < end) break;
      yield at.subarray(lengthBytes, end);
      at = at.subarray(end);
    }
    this.#rest = at;
  }
}
