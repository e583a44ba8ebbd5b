/**
 * SayPlace: coordinates shown back, so that a wrong one is noticed. Pure.
 */
import type { Place } from "../../daemon/consent/common.ts";
import { words } from "../words.ts";

const { place: say } = words;
const degrees = new Intl.NumberFormat(undefined, { minimumFractionDigits: 5, maximumFractionDigits: 5 });

/** "52.52000° north, 13.40500° east" */
export function inDegrees({ lat, lon }: Place): string {
  const north = say.degrees(degrees.format(Math.abs(lat)), lat < 0 ? say.south : say.north);
  const east = say.degrees(degrees.format(Math.abs(lon)), lon < 0 ? say.west : say.east);
  return `${north}, ${east}`;
}

/** 52°31′12.0″ N, 13°24′18.0″ E */
export function inMinutes({ lat, lon }: Place): string {
  return `${minutesOf(lat)} ${lat < 0 ? "S" : "N"}, ${minutesOf(lon)} ${lon < 0 ? "W" : "E"}`;
}

function minutesOf(angle: number): string {
  const tenths = Math.round(Math.abs(angle) * 36_000);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  const minutes = String(Math.floor(tenths / 600) % 60).padStart(2, "0");
  return `${Math.floor(tenths / 36_000)}°${minutes}′${seconds}″`;
}
