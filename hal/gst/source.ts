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
import { libcameraSource, v4l2Source } from "./attached-source.ts";
import type { Described, Source, SourceOptions } from "./source-options.ts";
import { decodeTail } from "./source-tail.ts";
import { testSource } from "./test-source.ts";

export function parseSource(options: SourceOptions): Source {
  return { ...described(options), fullRange: options.fullRange ?? false };
}

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
