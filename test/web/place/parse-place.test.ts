/** Coordinates in the notations that people have: read, refused, shown back. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "../../../daemon/consent/common.ts";
import { distanceM } from "../../../daemon/consent/place.ts";
import { parsePlace, type PlaceFlaw } from "../../../web/place/parse-place.ts";
import { inMinutes } from "../../../web/place/say-place.ts";

const berlin = { lat: 52.52, lon: 13.405 };
const sydney = { lat: -33.8688, lon: 151.2093 };

test.each<[string, Place]>([
  ["52.5200, 13.4050", berlin],
  ["52.5200 13.4050", berlin],
  ["  52.52;13.405 ", berlin],
  ["52,5200 13,4050", berlin],
  ["52,5200; 13,4050", berlin],
  ["52,5200, 13,4050", berlin],
  ["+52.52, +13.405", berlin],
  ["N 52.52 E 13.405", berlin],
  ["52.52000° N, 13.40500° E", berlin],
  ["52.52N,13.405E", berlin],
  ["13.405 E, 52.52 N", berlin],
  ["E13.405 N52.52", berlin],
  [`52°31'12.0"N 13°24'18.0"E`, berlin],
  ["52°31′12″ n, 13°24′18″ e", berlin],
  ["52º31’12’’N 13º24’18’’E", berlin],
  ["52 31 12 N 13 24 18 E", berlin],
  ["52 31 12 13 24 18", berlin],
  ["52°31.2' 13°24.3'", berlin],
  ["N52°31.2 E13°24.3", berlin],
  ["geo:52.52,13.405", berlin],
  ["geo:52.52,13.405,34;crs=wgs84;u=20?z=17", berlin],
  ["geo:0,0?q=52.52,13.405(Home)", berlin],
  ["-33.8688, 151.2093", sydney],
  ["−33.8688 151.2093", sydney],
  ["33.8688 S 151.2093 E", sydney],
  ["GEO:-33.8688,151.2093", sydney],
  ["0, -0", { lat: 0, lon: 0 }],
  ["90, 180", { lat: 90, lon: 180 }],
])("%s is read", (text, place) => {
  expect(parsePlace(text)).toMatchObject({ place });
});

test.each<[string, PlaceFlaw]>([
  ["", "empty"],
  ["   ", "empty"],
  ["Main Street 5", "unread"],
  ["52.52", "one"],
  ["52.52N", "one"],
  ["52.52, 13.405, 34", "unread"],
  ["52.52 N 13.405", "unread"],
  ["52.52 N 48.1 N", "unread"],
  ["-52.52 N 13.405 E", "unread"],
  ["52.5° 31' N 13.4° 2' E", "unread"],
  ["52'31 13'24", "unread"],
  ["52 31 12", "one"],
  ["52°60' 13°24'", "sixty"],
  ["91, 200", "latitude"],
  ["91 N, 13 E", "latitude"],
  ["52, 181", "longitude"],
  ["151.2093, -33.8688", "swapped"],
  ["geo:", "unread"],
  ["geo:52.52,13.405;crs=epsg:25832", "unread"],
  ["https://maps.example/@52.52,13.405", "unread"],
  ["9".repeat(200), "one"],
])("%s is refused: %s", (text, flaw) => {
  expect(parsePlace(text)).toEqual({ flaw });
});

test.each([
  ["52.5, 13.4", 5_559.75],
  ["52.52, 13.40", 555.975],
  ["52.5200, 13.4050", 5.55975],
  ["52.5200, 13.4", 3_382.8],
  [`52°31'12"N 13°24'18"E`, 15.45],
  ["52 31 N 13 24 E", 926.5],
])("%s says how far off it may be", (text, metres) => {
  const parsed = parsePlace(text);
  expect("precisionM" in parsed && parsed.precisionM).toBeCloseTo(metres, 0);
});

const places = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

test("any place is read back from its numbers, as from its degrees, minutes and seconds", () => {
  fc.assert(
    fc.property(places, (place) => {
      for (const text of [
        `${place.lat.toFixed(6)}, ${place.lon.toFixed(6)}`,
        `geo:${place.lat.toFixed(6)},${place.lon.toFixed(6)}`,
        inMinutes(place),
      ]) {
        const parsed = parsePlace(text);
        expect("place" in parsed && distanceM(parsed.place, place)).toBeLessThan(2.5);
      }
    }),
  );
});

test("whatever is typed, what comes out is a place on the globe or a reason", () => {
  const scraps = fc.constantFrom(
    "5",
    "52.5",
    ",",
    " ",
    "°",
    "'",
    '"',
    "N",
    "E",
    "-",
    ";",
    "geo:",
    "W",
    "7,5",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(scraps, { maxLength: 14 }).map((each) => each.join("")),
      ),
      (text) => {
        const parsed = parsePlace(text);
        if ("flaw" in parsed) return;
        expect(Math.abs(parsed.place.lat)).toBeLessThanOrEqual(90);
        expect(Math.abs(parsed.place.lon)).toBeLessThanOrEqual(180);
        expect(parsed.precisionM).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
