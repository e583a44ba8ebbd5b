/**
 * Place: distances and areas on the globe, for matching a request against where this house is.
 *
 * Distance by the haversine formula on a sphere of the Earth's mean radius (IUGG, 6,371,008.8 m): within
 * 0.6 % of the ellipsoid, 2.4 m at 400 m. Polygons are flat in degrees, which for an agency's territory is as its
 * corners were drawn; the even-odd rule; a point on an edge may be either. None crosses the 180th meridian.
 */
import type { Place } from "./common.ts";

const earthRadiusM = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function distanceM(a: Place, b: Place): number {
  const dLat = radians(b.lat - a.lat);
  const dLon = radians(b.lon - a.lon);
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** `polygon`: corners [lat, lon]. */
export function isInside({ lat, lon }: Place, polygon: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  for (const [i, [lat1, lon1]] of polygon.entries()) {
    const [lat2, lon2] = polygon[(i + 1) % polygon.length] ?? [lat1, lon1];
    const crosses = lat1 > lat !== lat2 > lat;
    if (crosses && lon < lon1 + ((lat - lat1) / (lat2 - lat1)) * (lon2 - lon1)) inside = !inside;
  }
  return inside;
}

/**
 * Is the whole circle inside? Its middle is, and no edge comes nearer than the radius. Edges are measured on a flat map
 * around the middle, which is exact to a millimetre at 400 m.
 */
export function isCircleInside(
  circle: Place & { readonly radiusM: number },
  polygon: readonly (readonly [number, number])[],
): boolean {
  if (!isInside(circle, polygon)) return false;
  const northM = radians(1) * earthRadiusM;
  const eastM = northM * Math.cos(radians(circle.lat));
  return polygon.every(([lat1, lon1], i) => {
    const [lat2, lon2] = polygon[(i + 1) % polygon.length] ?? [lat1, lon1];
    const from = { x: (lon1 - circle.lon) * eastM, y: (lat1 - circle.lat) * northM };
    const to = { x: (lon2 - circle.lon) * eastM, y: (lat2 - circle.lat) * northM };
    return distanceToEdge(from, to) >= circle.radiusM;
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of the origin. */
function distanceToEdge(from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(from.x * dx + from.y * dy) / length2));
  return Math.hypot(from.x + along * dx, from.y + along * dy);
}
