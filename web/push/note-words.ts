/**
 * Words of notifications, in English: a file of their own, because the service worker needs no others.
 */
export const noteWords = {
  name: "Sill",
  something: "Something happened at the door.",
  ring: (time: string) => `Somebody rang at ${time}.`,
  motion: (time: string) => `Something moved at ${time}.`,
  motionIn: (zones: string, time: string) => `Something moved at ${time}: ${zones}.`,
  moved: {
    person: "Person",
    vehicle: "Vehicle",
    animal: "Animal",
    crossed: "Somebody came in over the line",
    loitering: "Somebody stays and does not ring",
    waiting: "Somebody is at the door and has not rung",
    "parcel-left": "Parcel left",
    "parcel-taken": "Parcel taken",
  },
  seen: (what: string, time: string) => `${what} at ${time}.`,
  seenIn: (what: string, zones: string, time: string) => `${what} in ${zones} at ${time}.`,
  digest: (counts: string, time: string) => `${counts} until ${time}.`,
  test: (time: string) => `This is a test, sent at ${time}. A ring will look like this.`,
};
