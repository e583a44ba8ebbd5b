/**
 * Sun: when it rises and sets on a day, to a few minutes. Pure.
 *
 * The sunrise equation with the equation of the centre (as NOAA's solar calculator has it), for the upper edge of
 * the sun with refraction: 0.833 degrees below the horizon. Null where it does not rise or not set that day.
 */
export interface SunDay {
  readonly riseMs: number;
  readonly setMs: number;
}

const dayMs = 86_400_000;
/** 1 January 2000, 12:00 UTC. */
const epochMs = Date.UTC(2000, 0, 1, 12);
const rad = Math.PI / 180;

/** Of the solar day around a time; `lon` counts east. "day", "night" = it does not set, does not rise. */
export function sunOf(
  timeMs: number,
  { lat, lon }: { readonly lat: number; readonly lon: number },
): SunDay | "day" | "night" {
  const solarDay = Math.round((timeMs - epochMs) / dayMs + lon / 360);
  const noon = solarDay - lon / 360;
  const anomaly = (357.5291 + 0.98560028 * noon) % 360;
  const centre =
    1.9148 * Math.sin(anomaly * rad) +
    0.02 * Math.sin(2 * anomaly * rad) +
    0.0003 * Math.sin(3 * anomaly * rad);
  const longitude = (anomaly + centre + 180 + 102.9372) % 360;
  const transit = noon + 0.0053 * Math.sin(anomaly * rad) - 0.0069 * Math.sin(2 * longitude * rad);
  const sinDeclination = Math.sin(longitude * rad) * Math.sin(23.44 * rad);
  const cosDeclination = Math.cos(Math.asin(sinDeclination));
  const cosHour =
    (Math.sin(-0.833 * rad) - Math.sin(lat * rad) * sinDeclination) / (Math.cos(lat * rad) * cosDeclination);
  if (cosHour < -1) return "day";
  if (cosHour > 1) return "night";
  const half = Math.acos(cosHour) / rad / 360;
  return {
    riseMs: Math.round(epochMs + (transit - half) * dayMs),
    setMs: Math.round(epochMs + (transit + half) * dayMs),
  };
}
