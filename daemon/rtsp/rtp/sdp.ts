/**
 * SDP: what a player is told about the stream (RFC 8866; RFC 6184, 8.2.1).
 */
import type { AvcConfig } from "../picture/avc.ts";
import { clockHz, payloadType } from "./packets.ts";

export const trackName = "trackID=0";

export function sdpOf({ sps, pps, profileLevelId }: AvcConfig, id: number): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
  const lines = [
    "v=0",
    `o=- ${id} 1 IN IP4 0.0.0.0`,
    "s=Sill",
    "c=IN IP4 0.0.0.0",
    "t=0 0",
    "a=range:npt=now-",
    "a=control:*",
    `m=video 0 RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} H264/${clockHz}`,
    `a=fmtp:${payloadType} packetization-mode=1;profile-level-id=${profileLevelId};sprop-parameter-sets=${base64(sps)},${base64(pps)}`,
    `a=control:${trackName}`,
  ];
  return `${lines.join("\r\n")}\r\n`;
}
