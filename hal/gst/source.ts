/**
 * Source: what a camera's source string means, as a pipeline description. Pure.
 *
 *   porch.mp4, file:porch.mp4   a video file: native size and rate, as fast as it is read
 *   /dev/video0, /dev/v4l/...   V4L2, raw or MJPEG; names under /dev/v4l/by-id stay when it is replugged
 *   libcamera                   the camera module of a Raspberry Pi
 *   rtsp://user:password@host/  a network camera, over TCP; name and messages never hold the password
 *   test:PATTERN?...            a picture made by GStreamer, for tests: frames=N (0 = endless),
 *                               then=end|stall|resize|fail, live=1, jpeg=1 (as a camera that sends JPEG)
 *
 * `auto` is not here: it depends on the machine (devices.ts).
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "../fault.ts";
import type { Turn } from "../view.ts";
import { fullToLimited } from "./range.ts";
import { rateFraction } from "./caps.ts";

export interface SourceOptions {
  readonly source: string;
  /** The source is a path, whatever it looks like. */
  readonly file?: boolean;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Of a V4L2 camera only this pixel format, as GStreamer names it, e.g. "NV12"; any when absent. */
  readonly format?: string;
  /** Turns every picture clockwise by this many degrees; 0 when absent. */
  readonly rotate?: Turn;
  /** Its pictures have samples from 0 to 255 (range.ts). */
  readonly fullRange?: boolean;
  /** Wider or higher pictures never get into memory. */
  readonly maxSidePx: number;
}

export interface Source {
  readonly name: string;
  readonly live: boolean;
  /** An end of stream is the end; otherwise it means that the camera hung up. */
  readonly finite: boolean;
  /** What the description takes its pictures for. */
  readonly fullRange: boolean;
  readonly description: string;
  /** Properties of the element named `source`, kept out of the description. */
  readonly properties: Readonly<Record<string, string>>;
  /** File or device that has to be there. */
  readonly path?: string;
  /** A pipeline that stops short of decoding: its sample tells the size that the file announces. */
  readonly announce?: string;
}

export function parseSource(options: SourceOptions): Source {
  return { ...described(options), fullRange: options.fullRange ?? false };
}

type Described = Omit<Source, "fullRange">;

function described(options: SourceOptions): Described {
  const { source } = options;
  if (options.file === true) return fileSource(options);
  if (source === "libcamera") return libcameraSource(options);
  if (source.startsWith("/dev/video") || source.startsWith("/dev/v4l/")) return v4l2Source(options);
  if (/^rtsps?:/.test(source)) return rtspSource(options);
  if (source.startsWith("test:")) return testSource(options);
  if (/^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(source))
    throw new Fault("invalid", `camera source ${source.split(":")[0]}: is not known`, {
      hint: "use auto, libcamera, /dev/videoN, rtsp://... or a path",
    });
  return fileSource(options);
}

const toI420 = "videoconvert ! video/x-raw,format=I420";
const convert = ({ fullRange = false }: SourceOptions): string =>
  fullRange ? `${toI420} ! ${fullToLimited}` : toI420;
const directions: Readonly<Record<Turn, string>> = { 0: "", 90: "90r", 180: "180", 270: "90l" };
/** On I420: the decoder's and the camera's formats are many, and some cannot be turned (4:2:2). */
const turn = ({ rotate = 0 }: SourceOptions): string =>
  rotate === 0 ? "" : ` ! videoflip video-direction=${directions[rotate]}`;
const toSink = (live: boolean): string =>
  `appsink name=sink sync=false max-buffers=4 drop=${live} wait-on-eos=false enable-last-sample=false`;

/** Refuses a larger picture when its size is known and before memory is taken for it. */
const limit = ({ maxSidePx: side }: SourceOptions): string =>
  `capsfilter name=limit caps="video/x-raw,width=[1,${side}],height=[1,${side}]"`;

function decodeTail(options: SourceOptions, live: boolean): string {
  const rate = live ? `videorate drop-only=true max-rate=${Math.ceil(options.fps)} ! ` : "";
  return `decodebin caps="video/x-raw(ANY)" expose-all-streams=false ! ${limit(options)} ! ${rate}${convert(options)} ! videoflip video-direction=auto${turn(options)} ! ${toSink(live)}`;
}

function fileSource(options: SourceOptions): Described {
  const path = pathOf(options.source);
  return {
    name: `gst file ${basename(path)}`,
    live: false,
    finite: true,
    description: `filesrc name=source ! ${decodeTail(options, false)}`,
    // parsebin gives pictures before sound.
    announce: "filesrc name=source ! parsebin ! appsink name=sink sync=false max-buffers=1 wait-on-eos=false",
    properties: { location: path },
    path,
  };
}

function pathOf(source: string): string {
  if (source.startsWith("file://")) return fileURLToPath(source);
  const path = source.startsWith("file:") ? source.slice("file:".length) : source;
  if (path === "")
    throw new Fault("invalid", "camera source is empty", { hint: "give the path of a video file" });
  return path;
}

/** The rate asked for, else a quicker one, raw before compressed; a slower one only when there is no other. */
function v4l2Choices({ width, height, fps, format }: SourceOptions): string {
  const rates = [`=${rateFraction(fps)}`, `=[${rateFraction(fps)},240/1]`, ""];
  const raw = format === undefined ? "video/x-raw" : `video/x-raw,format=${format}`;
  const choices = rates.flatMap((rate) =>
    [raw, ...(format === undefined ? ["image/jpeg"] : [])].map(
      (kind) => `${kind},width=${width},height=${height}${rate === "" ? "" : `,framerate${rate}`}`,
    ),
  );
  return choices.join(";");
}

function v4l2Source(options: SourceOptions): Described {
  const { source } = options;
  return {
    name: `gst v4l2 ${source}`,
    live: true,
    finite: false,
    description: `v4l2src name=source ! ${v4l2Choices(options)} ! ${decodeTail(options, true)}`,
    properties: { device: source },
    path: source,
  };
}

/**
 * I420 first: then nothing has to be converted. Formats and colours are named because some versions
 * of libcamerasrc offer more than they can give; the last choice is for those that offer less.
 */
function libcameraSource(options: SourceOptions): Described {
  const { width, height, fps } = options;
  const size = `width=${width},height=${height}`;
  const raw = `video/x-raw,format=(string){I420,NV12},${size}`;
  const rate = `framerate=${rateFraction(fps)}`;
  const choices = [`${raw},${rate},colorimetry=bt709`, `${raw},${rate}`, raw, `video/x-raw,${size}`];
  return {
    name: "gst libcamera",
    live: true,
    finite: false,
    description: `libcamerasrc name=source ! ${choices.join(";")} ! videorate drop-only=true max-rate=${Math.ceil(fps)} ! ${convert(options)}${turn(options)} ! ${toSink(true)}`,
    properties: {},
  };
}

function rtspSource(options: SourceOptions): Described {
  const url = parseUrl(options.source);
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = "";
  url.password = "";
  return {
    name: `gst rtsp ${url.host}`,
    live: true,
    finite: false,
    description: `rtspsrc name=source protocols=tcp latency=200 ! ${decodeTail(options, true)}`,
    properties: { location: url.href, ...(user === "" ? {} : { "user-id": user, "user-pw": password }) },
  };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && url.host !== "") return url;
  // Says nothing of the address: it may hold a password.
  throw new Fault("invalid", "camera source is not a valid rtsp address", {
    hint: "rtsp://user:password@host/path",
  });
}

const endings = ["end", "stall", "resize", "fail"] as const;
const patterns = ["smpte", "snow", "black", "white", "ball", "gradient", "checkers-8"];

function testSource(options: SourceOptions): Described {
  const { source, width, height, fps } = options;
  const [pattern = "", query = ""] = source.slice("test:".length).split("?");
  const asked = new URLSearchParams(query);
  const [frames, live] = [Number(asked.get("frames") ?? 0), asked.get("live") === "1"];
  const then = endings.find((ending) => ending === (asked.get("then") ?? "end"));
  if (!patterns.includes(pattern) || !Number.isInteger(frames) || frames < 0 || then === undefined)
    throw new Fault("invalid", `test source ${source} is not known`, {
      hint: `test:${patterns.join("|")}?frames=N&then=${endings.join("|")}&live=1`,
    });
  const jpeg = asked.get("jpeg") === "1" ? " ! jpegenc quality=100 ! jpegdec" : "";
  const part = (w: number, h: number): string =>
    `videotestsrc is-live=${live} pattern=${pattern} num-buffers=${frames === 0 ? -1 : frames} ! video/x-raw,format=I420,width=${w},height=${h},framerate=${fps}/1${jpeg}`;
  const first = part(width, height);
  const tail = `${limit(options)} ! ${convert(options)}${turn(options)} ! ${toSink(live)}`;
  const description = {
    end: `${first} ! ${tail}`,
    stall: `concat name=join ! ${tail} ${first} ! join. appsrc format=time ! video/x-raw,format=I420 ! join.`,
    resize: `concat name=join ! ${tail} ${first} ! join. ${part(width * 2, height * 2)} ! join.`,
    fail: `${part(width, height).replace(/num-buffers=\d+/, "num-buffers=-1")} ! identity error-after=${frames + 1} ! ${tail}`,
  }[then];
  return { name: `gst test ${pattern}`, live, finite: true, description, properties: {} };
}
