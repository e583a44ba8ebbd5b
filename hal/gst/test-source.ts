/**
 * Test source: a picture made by GStreamer, which ends, stalls, changes its size or fails as a test asks. Pure.
 */
import { Fault } from "../fault.ts";
import type { Described, SourceOptions } from "./source-options.ts";
import { convert, limit, toSink, turn } from "./source-tail.ts";

const endings = ["end", "stall", "resize", "fail"] as const;
const patterns = ["smpte", "snow", "black", "white", "ball", "gradient", "checkers-8"];

export function testSource(options: SourceOptions): Described {
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
