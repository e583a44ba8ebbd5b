/**
 * In view: zones as they are drawn (on the sensor's picture), carried over to the picture that is judged.
 */
import type { ViewGeometry } from "../../hal/view.ts";
import { polygonInView } from "../policy/view.ts";
import type { MotionSettings } from "./zones.ts";

/** Absent view = the whole picture is judged as it is. */
export function settingsInView(settings: MotionSettings, view: ViewGeometry | undefined): MotionSettings {
  if (view === undefined) return settings;
  const zones = settings.zones.map((zone) => ({ ...zone, polygon: polygonInView(zone.polygon, view) }));
  return { ...settings, zones };
}
