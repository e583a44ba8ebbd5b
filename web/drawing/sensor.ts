/**
 * Sensor: what is drawn on the picture that is shown, as it is kept: in fractions of the sensor's
 * picture, before camera.rotate and camera.crop. Pure.
 *
 * With no view (the whole picture, upright) every corner stays the very same number. A line that
 * reaches beyond a crop has corners outside the picture; to change it, it is drawn anew.
 */
import { polygonInView, polygonOnSensor, shapeInView } from "../../daemon/policy/view.ts";
import type { MaskShape } from "../../daemon/policy/shape.ts";
import type { Status } from "../../daemon/wire/api.ts";
import type { Zones } from "../../daemon/wire/api-household.ts";
import type { Polygon } from "../../hal/geometry.ts";

/** Undefined = the whole picture, upright. */
export type ShownView = Status["camera"]["view"];

export function maskInView(mask: MaskShape | null, view: ShownView): MaskShape | null {
  return mask === null || view === undefined ? mask : shapeInView(mask, view);
}

export function maskOnSensor(mask: MaskShape, view: ShownView): MaskShape {
  if (view === undefined) return mask;
  const back = (polygon: Polygon): Polygon => polygonOnSensor(polygon, view);
  return { propertyLine: back(mask.propertyLine), privacyZones: mask.privacyZones.map(back) };
}

export function zonesInView(zones: Zones, view: ShownView): Zones {
  return view === undefined ? zones : withPolygons(zones, (polygon) => polygonInView(polygon, view));
}

export function zonesOnSensor(zones: Zones, view: ShownView): Zones {
  return view === undefined ? zones : withPolygons(zones, (polygon) => polygonOnSensor(polygon, view));
}

function withPolygons({ zones }: Zones, carry: (polygon: Polygon) => Polygon): Zones {
  return {
    zones: zones.map((zone) => ({ ...zone, polygon: carry(zone.polygon).map(([x, y]) => [x, y]) })),
  };
}
