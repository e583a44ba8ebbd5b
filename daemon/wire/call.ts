/**
 * Call: what a browser offers and what keeper and talk process tell each other about it.
 *
 * An offer is read here, in TypeScript, into the few values that matter (`readOffer`); the native library is given a
 * text of our own with these values (`offerText`) and never the foreign one. The offer's candidates are left out: the
 * browser finds the doorbell, and the doorbell sends to no address that somebody named.
 */
import { z } from "zod";
import { Fault } from "../../hal/fault.ts";

/** A browser's offer with one sound and one picture is 6 to 9 kB. */
export const mostOfferBytes = 14 * 1024;

const token = z.string().regex(/^[\w+/-]{1,256}$/u);
const payloadType = z.int().min(35).max(127);

export const offerSchema = z.strictObject({
  ufrag: token,
  pwd: token.min(22),
  /** SHA-256 of the browser's certificate, as it writes it. */
  fingerprint: z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u),
  sections: z
    .array(
      z.strictObject({
        kind: z.enum(["audio", "video"]),
        mid: z.string().regex(/^[\w-]{1,16}$/u),
        payloadType,
        /** Does the browser send in it? */
        sends: z.boolean(),
        /** Of what it sends: the library knows by it whose packet one is; null = it sends nothing. */
        ssrc: z.int().min(1).max(0xffff_ffff).nullable(),
        /** Number of the header extension that asks for no delay; null = it knows none. */
        playoutDelayId: z.int().min(1).max(14).nullable(),
      }),
    )
    .min(1)
    .max(2),
});
export type Offer = z.output<typeof offerSchema>;
export type OfferSection = Offer["sections"][number];

export const playoutDelay = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

/** Throws Fault `invalid` for what is no offer of one picture, one sound or both. */
export function readOffer(text: string): Offer {
  const lines = text.split(/\r?\n/u);
  if (lines[0] !== "v=0") throw notOffered("it does not begin with v=0");
  const starts = lines.flatMap((line, index) => (line.startsWith("m=") ? [index] : []));
  if (starts.length === 0) throw notOffered("it has neither sound nor picture");
  const common = lines.slice(0, starts[0]);
  const parts = starts.map((start, index) => lines.slice(start, starts[index + 1]));
  const sections = parts.map(readSection);
  if (new Set(sections.map(({ kind }) => kind)).size !== sections.length)
    throw notOffered("it has two sounds or two pictures");
  const anywhere = [...common, ...parts.flat()];
  const offer = offerSchema.safeParse({
    ufrag: valueOf(anywhere, "a=ice-ufrag:"),
    pwd: valueOf(anywhere, "a=ice-pwd:"),
    fingerprint: valueOf(anywhere, "a=fingerprint:sha-256 ")?.toUpperCase(),
    sections,
  });
  if (!offer.success)
    throw notOffered(`${offer.error.issues[0]?.path.join(".") ?? "something"} is not as it should be`);
  return offer.data;
}

function readSection(lines: readonly string[]): OfferSection {
  const [first = ""] = lines;
  const kind = /^m=(audio|video) \d+ (?:UDP\/TLS\/RTP\/SAVPF) [\d ]+$/u.exec(first)?.[1];
  if (kind !== "audio" && kind !== "video")
    throw notOffered(`"${first.slice(0, 40)}" is not sound or picture`);
  const mid = valueOf(lines, "a=mid:") ?? "";
  const payload = kind === "audio" ? opusOf(lines) : h264Of(lines);
  if (payload === null)
    throw notOffered(kind === "audio" ? "it has no Opus" : "it has no H.264 that we make");
  const extension = lines
    .map((line) => /^a=extmap:(\d+)(?:\/\w+)? (\S+)/u.exec(line))
    .find((found) => found?.[2] === playoutDelay);
  const sends = lines.includes("a=sendrecv") || lines.includes("a=sendonly");
  const ssrc = sends ? Number(/^a=ssrc:(\d{1,10}) /mu.exec(lines.join("\n"))?.[1] ?? 0) : null;
  if (ssrc === 0) throw notOffered("it does not say which source it sends");
  return {
    kind,
    mid,
    payloadType: payload,
    sends,
    ssrc,
    playoutDelayId: extension ? Number(extension[1]) : null,
  };
}

function opusOf(lines: readonly string[]): number | null {
  return payloadsOf(lines, /^a=rtpmap:(\d+) opus\/48000\/2$/iu)[0] ?? null;
}

/** Constrained baseline in packetisation mode 1: what every encoder of ours makes. */
function h264Of(lines: readonly string[]): number | null {
  const fits = (payload: number): boolean => {
    const parameters = valueOf(lines, `a=fmtp:${payload} `) ?? "";
    return (
      /(?:^|;)packetization-mode=1(?:;|$)/u.test(parameters) &&
      /(?:^|;)profile-level-id=42[c-f]0/iu.test(parameters)
    );
  };
  return payloadsOf(lines, /^a=rtpmap:(\d+) H264\/90000$/iu).find(fits) ?? null;
}

function payloadsOf(lines: readonly string[], rtpmap: RegExp): number[] {
  return lines.flatMap((line) => {
    const found = rtpmap.exec(line)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
}

function valueOf(lines: readonly string[], start: string): string | undefined {
  return lines.find((line) => line.startsWith(start))?.slice(start.length);
}

function notOffered(why: string): Fault {
  return new Fault("invalid", `this is no offer of a call: ${why}`, {
    hint: "the page makes one; a program of yours: docs/talk.md says what it must hold",
  });
}

/** The same offer in our own words, for the library. */
export function offerText({ ufrag, pwd, fingerprint, sections }: Offer): string {
  const lines = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${sections.map(({ mid }) => mid).join(" ")}`,
  ];
  for (const { kind, mid, payloadType: payload, sends, ssrc, playoutDelayId } of sections) {
    lines.push(`m=${kind} 9 UDP/TLS/RTP/SAVPF ${payload}`, "c=IN IP4 0.0.0.0", `a=mid:${mid}`);
    lines.push(`a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`, `a=fingerprint:sha-256 ${fingerprint}`);
    lines.push("a=setup:actpass", "a=rtcp-mux", sends ? "a=sendrecv" : "a=recvonly");
    if (ssrc !== null) lines.push(`a=ssrc:${ssrc} cname:caller`);
    if (kind === "audio")
      lines.push(`a=rtpmap:${payload} opus/48000/2`, `a=fmtp:${payload} minptime=10;useinbandfec=1`);
    else {
      lines.push(
        `a=rtpmap:${payload} H264/90000`,
        `a=rtcp-fb:${payload} nack`,
        `a=rtcp-fb:${payload} nack pli`,
      );
      lines.push(`a=fmtp:${payload} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f`);
      if (playoutDelayId !== null) lines.push(`a=extmap:${playoutDelayId} ${playoutDelay}`);
    }
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** keeper -> talk. */
export type TalkOrder =
  /** `bindAddress` null = every address of this machine. */
  | { readonly type: "offer"; readonly offer: Offer; readonly bindAddress: string | null }
  /** What was sent is over: nothing of it may be kept. */
  | { readonly type: "over" }
  | { readonly type: "hang-up" };

/** talk -> keeper: it has read what strangers sent, so it is checked. */
export const talkReportSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("answer"), sdp: z.string().max(16 * 1024) }),
  z.strictObject({ type: z.literal("connected") }),
  z.strictObject({ type: z.literal("ended"), why: z.string().max(200) }),
]);
export type TalkReport = z.output<typeof talkReportSchema>;
