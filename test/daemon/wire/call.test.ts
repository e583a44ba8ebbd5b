import { describe, expect, test } from "vitest";
import { offerText, readOffer } from "../../../daemon/wire/call.ts";
import { encodeFrame, FrameReader } from "../../../daemon/wire/call-frames.ts";

/** As Chromium writes it, shortened. */
const sdp = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0 1",
  "m=audio 54321 UDP/TLS/RTP/SAVPF 111 0",
  "a=candidate:1 1 udp 2113937151 203.0.113.9 54321 typ host",
  "a=ice-ufrag:bcHn",
  "a=ice-pwd:J3E7xbhjy0wxI34VwOnX94Mk",
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "AB").join(":")}`,
  "a=mid:0",
  "a=sendrecv",
  "a=rtpmap:111 opus/48000/2",
  "a=rtpmap:0 PCMU/8000",
  "a=ssrc:4711 cname:x",
  "m=video 9 UDP/TLS/RTP/SAVPF 96 108",
  "a=mid:1",
  "a=recvonly",
  "a=extmap:5 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
  "a=rtpmap:96 H264/90000",
  "a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
  "a=rtpmap:108 H264/90000",
  "a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
  "",
].join("\r\n");

test("an offer is read into the few values that matter", () => {
  expect(readOffer(sdp)).toMatchObject({
    ufrag: "bcHn",
    sections: [
      { kind: "audio", mid: "0", payloadType: 111, sends: true, ssrc: 4_711, playoutDelayId: null },
      { kind: "video", mid: "1", payloadType: 108, sends: false, ssrc: null, playoutDelayId: 5 },
    ],
  });
});

test("what the library is given says the same, and no address that a stranger named", () => {
  const text = offerText(readOffer(sdp));
  expect(readOffer(text)).toEqual(readOffer(sdp));
  expect(text).not.toContain("203.0.113.9");
  expect(text).not.toContain("candidate");
});

describe("no offer is", () => {
  const cases: readonly (readonly [string, (sdp: string) => string])[] = [
    ["garbage", () => "garbage"],
    ["letters of all kinds", () => String.fromCharCode(...Array.from({ length: 500 }, (_, i) => i % 256))],
    ["no section", () => "v=0\r\ns=-\r\n"],
    [
      "a data channel",
      (sdp) => sdp.replace(/m=video.*/u, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel"),
    ],
    ["another hash", (sdp) => sdp.replaceAll("sha-256", "sha-1")],
    ["a short password", (sdp) => sdp.replace(/a=ice-pwd:.*/u, "a=ice-pwd:x")],
    ["no Opus", (sdp) => sdp.replaceAll("opus/48000/2", "PCMU/8000")],
    ["no H.264", (sdp) => sdp.replaceAll("H264/90000", "VP8/90000")],
    ["high profile", (sdp) => sdp.replaceAll("42e01f", "64001f")],
    ["no source", (sdp) => sdp.replace(/a=ssrc.*/u, "a=x")],
    ["two pictures", (sdp) => `${sdp}${sdp.slice(sdp.indexOf("m=video"))}`],
  ];
  test.each(cases)("%s", (_name, change) => {
    expect(() => readOffer(change(sdp))).toThrow(/^this is no offer of a call: /u);
  });
});

describe("frames", () => {
  const bytes = Buffer.from("some bytes");
  const frames = [
    { kind: "words", call: 1, bytes },
    { kind: "unit", call: 65_535, bytes: Buffer.alloc(0) },
    { kind: "sound", call: 2, bytes: Buffer.alloc(70_000, 7) },
  ] as const;
  const stream = Buffer.concat(frames.map(encodeFrame));

  test.each([1, 3, 7, 1_000, stream.length])("come out as they went in, %i bytes at a time", (size) => {
    const reader = new FrameReader();
    const seen: unknown[] = [];
    for (let at = 0; at < stream.length; at += size)
      for (const frame of reader.take(stream.subarray(at, at + size)))
        seen.push({ ...frame, bytes: Buffer.from(frame.bytes) });
    expect(seen).toEqual(frames.map((frame) => ({ ...frame, bytes: Buffer.from(frame.bytes) })));
  });

  test.each([
    ["longer than allowed", Buffer.from([0, 1, 0, 0, 0, 0, 0])],
    ["shorter than its head", Buffer.from([0, 0, 0, 2, 0, 0])],
    ["of a kind that there is not", Buffer.from([0, 0, 0, 3, 9, 0, 1])],
  ])("%s end it", (_name, broken) => {
    expect(() => [...new FrameReader(1_000).take(broken)]).toThrow(/^a frame of /u);
  });
});
