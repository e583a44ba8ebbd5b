/**
 * Words of the page that asks where the house is, in English; part of words.ts.
 */
export const placeWords = {
  why: "A request is about one place. The doorbell compares that place with its own, here, and shows you only what is about your surroundings. Without a place nothing can match, and no request is ever shown.",
  staysTitle: "It never leaves this doorbell",
  stays:
    "Every doorbell fetches the same list of all requests, whatever is in it and wherever it hangs. Nobody can tell from outside which of them are about you. No map is loaded for this page either. Other people in your house see how far away a request is, not these numbers.",
  notSaid: "You have not said where your house is.",
  known: "Your house is at",
  field: "Coordinates of your front door",
  fieldNote:
    "Latitude first. Press long on your house in a map app and copy what it shows: 52.5200, 13.4050 or 52°31'12\"N 13°24'18\"E or geo:52.52,13.405",
  shown: "That is",
  degrees: (degrees: string, side: string) => `${degrees}° ${side}`,
  north: "north",
  south: "south",
  east: "east",
  west: "west",
  flaws: {
    empty: "",
    one: "That is one number. Two are needed: latitude and longitude.",
    unread: "These are not coordinates that Sill can read. Try two numbers like 52.5200, 13.4050.",
    latitude: "A latitude is between -90 and 90.",
    longitude: "A longitude is between -180 and 180.",
    swapped: "The first number is too large for a latitude. Are the two the wrong way round?",
    sixty: "Minutes and seconds are below 60.",
  },
  coarse: (metres: string) =>
    `With so few digits it may be ${metres} off, too far to tell whether a request is about you. Give at least four digits after the point.`,
  save: "Save this place",
  saved: "Saved, on this doorbell. Requests that are published from now on are compared with it.",
  cleared: "Forgotten. No request is shown from now on.",
  clear: "Forget where it is",
  world: (where: string) =>
    `The world in lines of 30 degrees, the equator and the meridian of Greenwich heavier, your house ${where}`,
  worldTitle: "In the world",
  equator: "equator",
  greenwich: "Greenwich",
  half: (lat: string, lon: string) => `${lat} of the equator, ${lon} of Greenwich`,
  near: (cell: string) => `Around your house in squares of ${cell}, and the smallest area a request may name`,
  nearTitle: "Around your house",
  house: "your house",
  cell: "100 m",
  smallest: "150 m",
};
