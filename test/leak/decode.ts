/**
 * Decode: what a stranger with a player gets out of an output: pictures in Y, U and V, as coded.
 *
 * ffmpeg, which shares no code with the encoders that made them. Nothing is scaled; a JPEG's
 * samples from 0 to 255 become those from 16 to 235 that a video has.
 */
import { spawnSync } from "node:child_process";
import type { I420, Plane } from "../../hal/frame.ts";

const maxBytes = 1 << 28;

/** Every picture of an MP4 (init segment and fragments in a row). */
export function decodeVideo(mp4: Uint8Array): I420[] {
  return decode(mp4, ["-f", "mp4", "-i", "pipe:0", "-fps_mode", "passthrough", "-pix_fmt", "yuv420p"]);
}

/** H.264 as it comes out of a call or RTSP: NAL units behind start codes. */
export function decodeAnnexB(stream: Uint8Array): I420[] {
  return decode(stream, ["-f", "h264", "-i", "pipe:0", "-fps_mode", "passthrough", "-pix_fmt", "yuv420p"]);
}

const limited = "scale=in_range=full:out_range=limited";

export function decodeJpeg(jpeg: Uint8Array): I420 {
  const [picture] = decode(jpeg, ["-f", "mjpeg", "-i", "pipe:0", "-vf", limited, "-pix_fmt", "yuv420p"]);
  if (picture === undefined) throw new Error("no picture in the JPEG");
  return picture;
}

function decode(input: Uint8Array, options: readonly string[]): I420[] {
  const args = ["-v", "error", ...options, "-strict", "-1", "-f", "yuv4mpegpipe", "pipe:1"];
  const { stdout, stderr, status } = spawnSync("ffmpeg", args, { input, maxBuffer: maxBytes });
  if (status !== 0) throw new Error(`ffmpeg: ${String(stderr)}`);
  return picturesOf(stdout);
}

/** YUV4MPEG2: one header line, then "FRAME" lines each followed by three planes. */
function picturesOf(stream: Buffer): I420[] {
  const headerEnd = stream.indexOf("\n");
  const header = stream.subarray(0, headerEnd).toString("latin1");
  const [width, height] = [sideOf(header, "W"), sideOf(header, "H")];
  const [halfWidth, halfHeight] = [(width + 1) >> 1, (height + 1) >> 1];
  const pictures: I420[] = [];
  for (let at = headerEnd + 1; at < stream.length;) {
    at = stream.indexOf("\n", at) + 1;
    const take = (w: number, h: number): Plane => {
      const data = new Uint8Array(stream.subarray(at, (at += w * h)));
      return { data, stride: w, width: w, height: h };
    };
    const y = take(width, height);
    const u = take(halfWidth, halfHeight);
    pictures.push({ width, height, y, u, v: take(halfWidth, halfHeight) });
  }
  return pictures;
}

function sideOf(header: string, letter: string): number {
  const side = new RegExp(` ${letter}(\\d+)`, "u").exec(header)?.[1];
  if (side === undefined) throw new Error(`not a picture stream: ${header.slice(0, 80)}`);
  return Number(side);
}
