/**
 * View: carries polygons over between the sensor's picture and the view that is shown. Pure; the
 * page uses it too.
 *
 * Policies and motion zones speak of the sensor's picture as the camera delivers it, neither turned
 * nor cropped, in fractions: a line stays on the same physical pixels when camera.rotate or camera.crop
 * change. In the view its corners may lie outside 0..1; the rasteriser cuts them off, exactly.
 */
import type { Point, Polygon } from "../../hal/geometry.ts";
import type { ViewGeometry } from "../../hal/view.ts";
import type { MaskShape } from "./shape.ts";

export function pointInView([fx, fy]: Point, { sensor, box, rotate }: ViewGeometry): Point {
  const [left, top, width, height] = box;
  const [x, y] = [(fx * sensor.width - left) / width, (fy * sensor.height - top) / height];
  switch (rotate) {
    case 0:
      return [x, y];
    case 90:
      return [1 - y, x];
    case 180:
      return [1 - x, 1 - y];
    case 270:
      return [y, 1 - x];
  }
}

/** The way back: what is drawn on the view, as it is signed. May lie beyond the sensor's picture. */
export function pointOnSensor([fx, fy]: Point, { sensor, box, rotate }: ViewGeometry): Point {
  const [left, top, width, height] = box;
  const turnedBack: Record<ViewGeometry["rotate"], Point> = {
    0: [fx, fy],
    90: [fy, 1 - fx],
    180: [1 - fx, 1 - fy],
    270: [1 - fy, fx],
  };
  const [x, y] = turnedBack[rotate];
  return [(x * width + left) / sensor.width, (y * height + top) / sensor.height];
}

export function polygonInView(polygon: Polygon, view: ViewGeometry): Polygon {
  return polygon.map((point) => pointInView(point, view));
}

export function shapeInView({ propertyLine, privacyZones }: MaskShape, view: ViewGeometry): MaskShape {
  return {
    propertyLine: polygonInView(propertyLine, view),
    privacyZones: privacyZones.map((zone) => polygonInView(zone, view)),
  };
}
