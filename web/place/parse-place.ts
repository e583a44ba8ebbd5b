/**
 * ParsePlace: coordinates as people have them, typed or pasted from a map app. Pure; asks nobody.
 *
 * "52.5200, 13.4050" · "52,5200 13,4050" · "52.5200° N, 13.4050° E" · 52°31'12.0"N 13°24'18.0"E ·
 * "52 31.2 N 13 24.3 E" · "geo:52.52,13.405?z=17". Latitude first, unless letters say otherwise.
 * Says, too, how far off so few digits may be. What can be read in two ways is refused, not guessed.
 */
import type { Place } from "../../daemon/consent/common.ts";

export type PlaceFlaw = "empty" | "unread" | "one" | "latitude" | "longitude" | "swapped" | "sixty";

export type Parsed = { readonly place: Place; readonly precisionM: number } | { readonly flaw: PlaceFlaw };

type Letter = "N" | "S" | "E" | "W";

interface Angle {
  /** As written: degrees, minutes, seconds. */
  readonly numbers: string[];
  letter: Letter | null;
}

/** One degree, minute and second of latitude. */
const unitM = [111_195, 1_853, 30.9] as const;
const marks = ["°", "'", '"'] as const;

export function parsePlace(text: string): Parsed {
  const plain = normalised(text);
  if (plain === "") return { flaw: "empty" };
  const geo = /^GEO:(.*)$/u.exec(plain)?.[1];
  return geo === undefined ? parseAngles(plain) : parseGeo(geo);
}

/** RFC 5870. Android shares "geo:0,0?q=LAT,LON(name)"; another system of coordinates is refused. */
function parseGeo(uri: string): Parsed {
  const [path = "", query = ""] = uri.split("?");
  const [numbers = "", ...parameters] = path.split(";");
  if (parameters.some((each) => /^CRS=(?!WGS84$)/u.test(each))) return { flaw: "unread" };
  const asked = /(?:^|&)Q=(-?[\d.]+,-?[\d.]+)/u.exec(query)?.[1];
  return parseAngles(asked ?? numbers.split(",").slice(0, 2).join(","));
}

function normalised(text: string): string {
  const plain = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\u2032\u2019\u2018\u00B4\u02B9]/gu, "'")
    .replaceAll(/[\u2033\u201D\u201C\u02BA]|''/gu, '"')
    .replaceAll(/[\u00BA\u02DA]/gu, "°")
    .replaceAll(/[\u2212\u2013]/gu, "-")
    .replaceAll(/\s+/gu, " ");
  // "52,5200 13,4050": a comma between digits is a decimal sign where both numbers have one
  const commas = plain.match(/\d,\d/gu)?.length ?? 0;
  return !plain.includes(".") && commas === 2 ? plain.replaceAll(/(\d),(\d)/gu, "$1.$2") : plain;
}

function parseAngles(text: string): Parsed {
  const angles = anglesOf(text);
  if (angles === null) return { flaw: "unread" };
  if (angles.length === 1) return { flaw: "one" };
  const [a, b] = angles;
  if (a === undefined || b === undefined || angles.length > 2) return { flaw: "unread" };
  if ((a.letter === null) !== (b.letter === null)) return { flaw: "unread" };
  const lonFirst = isLon(a.letter);
  if (a.letter !== null && lonFirst === isLon(b.letter)) return { flaw: "unread" };
  return placeOf(lonFirst ? b : a, lonFirst ? a : b);
}

function placeOf(first: Angle, second: Angle): Parsed {
  const [lat, lon] = [degreesOf(first), degreesOf(second)];
  if (lat === null || lon === null) return { flaw: "unread" };
  if (lat === "sixty" || lon === "sixty") return { flaw: "sixty" };
  if (Math.abs(lat) > 90) {
    const turned = first.letter === null && Math.abs(lat) <= 180 && Math.abs(lon) <= 90;
    return { flaw: turned ? "swapped" : "latitude" };
  }
  if (Math.abs(lon) > 180) return { flaw: "longitude" };
  const narrower = Math.cos((lat * Math.PI) / 180);
  return { place: { lat, lon }, precisionM: Math.max(stepM(first) / 2, (stepM(second) * narrower) / 2) };
}

function isLon(letter: Letter | null): boolean {
  return letter === "E" || letter === "W";
}

/** Numbers, marks and letters put together to angles; null = something else is in between. */
function anglesOf(text: string): Angle[] | null {
  const tokens = text.match(/[+-]?\d+(?:\.\d+)?|[°'"NSEW,;]|\S/gu) ?? [];
  const lettersLead = /^[NSEW]/u.test(text);
  const angles: Angle[] = [];
  let open = null as Angle | null;
  const begin = (): Angle => {
    const angle: Angle = { numbers: [], letter: null };
    angles.push(angle);
    return angle;
  };
  for (const [i, token] of tokens.entries()) {
    if (token === "," || token === ";") open = null;
    else if (/\d/u.test(token)) {
      const startsNew: boolean = tokens[i + 1] === "°" && (open?.numbers.length ?? 0) > 0;
      open = open === null || startsNew ? begin() : open;
      open.numbers.push(token);
    } else if (isMark(token)) {
      if (open === null || marks[open.numbers.length - 1] !== token) return null;
    } else if (isLetter(token)) {
      if (lettersLead) open = begin();
      if (open === null || open.letter !== null) return null;
      open.letter = token;
      if (!lettersLead) open = null;
    } else return null;
  }
  return inHalves(angles);
}

/** "52.52 13.405", "52 31 12 13 24 18": one run of numbers is two angles. */
function inHalves(angles: Angle[]): Angle[] {
  const [only] = angles;
  if (only === undefined || angles.length > 1 || only.letter !== null) return angles;
  const { numbers } = only;
  if (numbers.length % 2 === 1) return angles;
  const half = numbers.length / 2;
  return [numbers.slice(0, half), numbers.slice(half)].map((each) => ({ numbers: each, letter: null }));
}

function isMark(token: string): token is (typeof marks)[number] {
  return (marks as readonly string[]).includes(token);
}

function isLetter(token: string): token is Letter {
  return ["N", "S", "E", "W"].includes(token);
}

/** Null: not an angle. A sign and a letter together could mean two things. */
function degreesOf({ numbers, letter }: Angle): number | "sixty" | null {
  const [degrees = "", ...smaller] = numbers;
  if (numbers.length === 0 || numbers.length > 3 || smaller.some((each) => /^[+-]/u.test(each))) return null;
  if (numbers.slice(0, -1).some((each) => each.includes("."))) return null;
  if (letter !== null && /^[+-]/u.test(degrees)) return null;
  if (smaller.some((each) => Number(each) >= 60)) return "sixty";
  const [minutes = 0, seconds = 0] = smaller.map(Number);
  const size = Math.abs(Number(degrees)) + minutes / 60 + seconds / 3_600;
  const negative = degrees.startsWith("-") || letter === "S" || letter === "W";
  const value = Math.round(size * 1e7) / 1e7;
  return negative && value !== 0 ? -value : value;
}

/** What the last digit that was written stands for. */
function stepM({ numbers }: Angle): number {
  const decimals = numbers.at(-1)?.split(".")[1]?.length ?? 0;
  return (unitM[numbers.length - 1] ?? 0) * 10 ** -decimals;
}
