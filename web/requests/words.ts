/**
 * Words of the page of requests, in English; part of words.ts.
 */
import type { Agency } from "../../daemon/consent/agency.ts";
import type { IncidentType } from "../../daemon/consent/request.ts";

const incidents: Readonly<Record<IncidentType, string>> = {
  assault: "an assault",
  burglary: "a burglary",
  robbery: "a robbery",
  theft: "a theft",
  "vehicle-theft": "a stolen vehicle",
  "hit-and-run": "a driver who left the scene of a crash",
  "traffic-collision": "a traffic collision",
  vandalism: "damage done on purpose",
  arson: "a fire that was set",
  fire: "a fire",
  "missing-person": "a missing person",
  homicide: "a killing",
  kidnapping: "a kidnapping",
  shooting: "a shooting",
};

const kinds: Readonly<Record<Agency["kind"], string>> = {
  police: "police",
  fire: "fire brigade",
  rescue: "rescue service",
  court: "court",
  municipality: "municipality",
};

export const requestWords = {
  incidents,
  kinds,
  asks: (it: { agency: string; radius: string; point: string; window: string }) =>
    `${it.agency} asks everyone within ${it.radius} of ${it.point} for recordings of ${it.window}.`,
  point: (distance: string, compass: string) =>
    compass === "" ? `a point ${distance} from your house` : `a point ${distance} ${compass} of your house`,
  pointHere: "a point at your house",
  compass: ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"],
  metres: (count: string) => `${count} m`,
  days: (count: number) => (count === 1 ? "1 day" : `${count} days`),
  because: (incident: string) => `It is about ${incident}. In its words:`,
  endsIn: (left: string) => `Ends by itself in ${left}`,
  ended: "Has ended",
  openTitle: (count: number) => (count === 1 ? "One request" : `${count} requests`),
  ownerDecides: "An owner of this house decides.",

  decide: {
    label: "Your answer",
    no: "No",
    noLabel: (agency: string) => `No, share nothing with ${agency}`,
    choose: "Choose what to share",
    note: "Nothing has left your house. Whatever you do now, nobody is told: a no, no answer at all, and a house without a camera look the same from outside.",
    refused: "You said no.",
    refusedNote: "Nothing leaves and nobody is told, not even that you were asked.",
  },

  mute: {
    agency: (name: string) => `Mute ${name}`,
    all: "Mute all requests",
    done: (name: string) => `${name} is muted. Nobody is told.`,
    unmute: "Show again",
    unmuteLabel: (name: string) => `Show requests of ${name} again`,
    title: "Quiet",
    note: "What is muted is fetched and checked as before, so that nobody can tell; it is only not shown.",
    everything: "All requests are muted.",
  },

  facts: {
    title: "Who asks",
    who: "Agency",
    whoValue: (name: string, kind: string) => `${name} (${kind})`,
    verified: "Made sure by",
    verifiedValue: (how: string, portal: string) => `the registrar of ${portal}: ${how}`,
    signed: "Signed with",
    signedValue: (day: string) => `a key that has been theirs since ${day}`,
    keyChanged: (day: string) =>
      `This agency's key is new, since ${day}. That happens, and it is what a forger would need, too. If in doubt, call the agency, by a number that you did not get from this page.`,
    contact: "Contact it gives",
    registered: "Contact the registrar has",
    case: "Its case number",
    published: "In the public log",
    publishedValue: (index: string, day: string) =>
      `entry ${index}, signed ${day}; everybody can read it there`,
    notes: "The registrar says",
  },

  promise: {
    title: "What it promises",
    keep: (days: number) => (days === 1 ? "To delete it after 1 day." : `To delete it after ${days} days.`),
    keepNone: "To delete it the same day.",
    onward: (names: string) => `To pass it on to: ${names}.`,
    onwardNone: "To pass it on to nobody.",
    note: "These are its words, signed by it. A copy that has left your house cannot be pulled back.",
  },

  checked: {
    title: "What your doorbell has checked",
    items: [
      "The signature is the agency's.",
      "It is in the public log, where everybody sees the same.",
      "The area lies in the agency's territory and is neither tiny nor huge (150 to 400 m).",
      "It asks for 15 minutes to 12 hours, at most 45 days back, and nothing that is still to come.",
      "There are at most two requests for one case, and each ends within 14 days.",
    ],
  },

  unchecked: {
    title: "What nobody here has checked",
    items: [
      "We do not know that it happened.",
      "We do not know that the case number is real.",
      "We do not know that this is what it wants the recordings for.",
      "We cannot make it keep its promises.",
    ],
  },

  clips: {
    title: (count: string, inside: string) =>
      `${count} of your recordings are from then, ${inside} of them in that time`,
    one: (inside: string) => `One of your recordings is from then, ${inside} of it in that time`,
    inside: (inside: string, all: string) => `${inside} of ${all}`,
    whole: (all: string) => `${all}, all of it`,
    more: (count: string) => `Show ${count} more`,
    gone: "The recordings from then have been deleted since.",
  },

  plan: {
    label: (radius: string, distance: string, side: string) =>
      `Plan: a circle of ${radius} around the place it asks about; your house is ${distance} ${side === "" ? "from its middle" : `${side} of its middle`}`,
    house: "your house",
    ring: "your house is on this line",
    north: "N",
    border: "edge of its territory",
    note: "Drawn on this screen from numbers. No map is loaded.",
    inside: "All of this lies in the agency's territory.",
    crossing: "The hatched part is outside the agency's territory.",
    direction: "Other people in this house see the distance; the place itself is the owners'.",
  },

  digest: {
    title: (count: string) => (count === "1" ? "One more request matches" : `${count} more requests match`),
    next: (when: string) => `So many in one day are not shown one by one. Next: ${when}.`,
    plain: "So many in one day are not shown one by one.",
  },

  past: {
    title: (count: string) => `Over (${count})`,
    states: {
      shown: "Open",
      drafting: "Open",
      refused: "You said no",
      expired: "Ended without an answer",
      granted: "You shared something",
      withdrawn: "Taken back by the agency",
    },
    what: (window: string, distance: string) => `${window}, ${distance} away`,
    seeShared: "See what became of it",
  },

  feed: {
    off: "No portal is set",
    offNote:
      "Requests are published in a public log. This doorbell has not been told of one, so it fetches none and sends nothing to anybody. To change that, set portal.url, portal.logKey and portal.registrarKey.",
    waiting: "The public log has not been fetched yet",
    waitingNote: "Doorbells fetch it at their own, irregular times. It comes by itself.",
    failing: "Something is wrong with the public log",
    failingNote: (since: string) =>
      `It was checked last: ${since}. New requests may be missing here; nothing else is affected. Sill goes on trying by itself.`,
    failingNever: "It has not been checked yet. Sill goes on trying by itself.",
    alarm: "Do not trust this portal for now",
    alarmShort:
      "The portal that publishes requests for recordings was caught changing what it had said. The door is not affected.",
    seeAlarm: "Read what happened",
    alarmNote:
      "A public log must not change what it has published, nor say one thing to you and another to your neighbour. Your doorbell watches for just that, and this portal was caught. No new request of it is shown. Think twice about those that were.",
    current: (when: string) => `Public log checked: ${when}`,
    size: (count: string) => `${count} entries`,
    sameTraffic: "Every doorbell fetches all of it, whatever it holds and wherever it hangs.",
    countsTitle: "Entries that were not shown, by reason",
    passedBy: {
      "not-matched": "It is about another place.",
      "no-recording": "You have no recording from that time.",
    },
    reason: "Reason",
    count: "Count",
  },

  none: {
    title: "Nobody asks for anything",
    mutedTitle: "Nothing is shown",
    mutedNote: "You have muted requests. Below they can be shown again.",
    note: "When an agency publishes a request about your surroundings and you have recordings from that time, it appears here. You never have to answer.",
  },

  unplaced: {
    title: "Your doorbell does not know where it hangs",
    note: "So it cannot tell which requests are about you, and shows none. The place never leaves the doorbell.",
    member: "An owner of this house can say where it is.",
    go: "Say where it is",
  },

  ways: {
    title: "More",
    place: "Where your house is",
    placeNote: "Coordinates that stay on this doorbell",
    order: "A court order on paper",
    orderNote: "Record it, and share what it names",
    orderNoteRead: "Those that an owner has recorded",
  },

  home: {
    waiting: (count: number) =>
      count === 1 ? "An agency asks for recordings" : `${count} requests for recordings`,
    see: "Have a look",
  },

  failed: "The requests could not be loaded.",
};
