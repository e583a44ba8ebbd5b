/**
 * Source tail: what follows every source in its pipeline: decoded, limited in size and rate, I420 of limited range,
 * turned, and handed to the sink. Pure.
 */
import type { Turn } from "../view.ts";
import { fullToLimited } from "./range.ts";
import type { SourceOptions } from "./source-options.ts";

const toI420 = "videoconvert ! video/x-raw,format=I420";
export const convert = ({ fullRange = false }: SourceOptions): string =>
  fullRange ? `${toI420} ! ${fullToLimited}` : toI420;
const directions: Readonly<Record<Turn, string>> = { 0: "", 90: "90r", 180: "180", 270: "90l" };
/** On I420: the decoder's and the camera's formats are many, and some cannot be turned (4:2:2). */
export const turn = ({ rotate = 0 }: SourceOptions): string =>
  rotate === 0 ? "" : ` ! videoflip video-direction=${directions[rotate]}`;
export const toSink = (live: boolean): string =>
  `appsink name=sink sync=false max-buffers=4 drop=${live} wait-on-eos=false enable-last-sample=false`;

/** Refuses a larger picture when its size is known and before memory is taken for it. */
export const limit = ({ maxSidePx: side }: SourceOptions): string =>
  `capsfilter name=limit caps="video/x-raw,width=[1,${side}],height=[1,${side}]"`;

export function decodeTail(options: SourceOptions, live: boolean): string {
  const rate = live ? `videorate drop-only=true max-rate=${Math.ceil(options.fps)} ! ` : "";
  return `decodebin caps="video/x-raw(ANY)" expose-all-streams=false ! ${limit(options)} ! ${rate}${convert(options)} ! videoflip video-direction=auto${turn(options)} ! ${toSink(live)}`;
}
