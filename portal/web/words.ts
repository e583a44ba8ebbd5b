/**
 * Words: everything the portal's public pages say, in one place. The desk has its own (desk/words.ts).
 *
 * A translation is another object of the same type. Times, numbers and sizes arrive formatted for the viewer's
 * locale (web/look/format.ts).
 */
import type { AgencyRecord, Bucket, RequestCard } from "../api.ts";
import type { IncidentType } from "../../daemon/consent/request.ts";
import type { Agency } from "../../daemon/consent/agency.ts";

const incident: Readonly<Record<IncidentType, string>> = {
  assault: "Assault",
  burglary: "Burglary",
  robbery: "Robbery",
  theft: "Theft",
  "vehicle-theft": "Theft of a vehicle",
  "hit-and-run": "Hit and run",
  "traffic-collision": "Traffic collision",
  vandalism: "Vandalism",
  arson: "Arson",
  fire: "Fire",
  "missing-person": "Missing person",
  homicide: "Homicide",
  kidnapping: "Kidnapping",
  shooting: "Shooting",
};

const agencyKind: Readonly<Record<Agency["kind"], string>> = {
  police: "Police",
  fire: "Fire service",
  rescue: "Rescue service",
  court: "Court",
  municipality: "Municipality",
};

const state: Readonly<Record<RequestCard["state"], string>> = {
  open: "Open",
  expired: "Over",
  withdrawn: "Withdrawn",
};

const bucket: Readonly<Record<Bucket, string>> = {
  "0": "none",
  "1-9": "1 to 9",
  "10-49": "10 to 49",
  "50-249": "50 to 249",
  "250-999": "250 to 999",
  "1000+": "1,000 or more",
};

const record: readonly (readonly [keyof AgencyRecord, string, string])[] = [
  ["requests", "Requests made", "Each is in the public log."],
  ["open", "Open now", ""],
  ["withdrawn", "Withdrawn", "By the agency itself or by the registrar."],
  ["received", "Recordings received", "Parcels that owners chose to send."],
  ["receipted", "Receipts signed", "With its promise until when it keeps them."],
  ["deletionsAsked", "Deletions asked for", "An owner wants it gone after all."],
  ["deletionsDone", "Deleted", "The agency signed that it did."],
  ["deletionsRefused", "Kept, with a reason", "It named the law or order that it is kept by."],
  ["deletionsUnanswered", "Not answered yet", ""],
];

export const words = {
  site: "Public requests",
  skip: "Skip to the content",
  nav: {
    label: "Pages",
    requests: "Requests",
    agencies: "Agencies",
    board: "Neighbours",
    log: "The log",
    about: "About",
    desk: "Agency desk",
  },
  titles: {
    requests: "Requests",
    request: "Request",
    agencies: "Agencies",
    agency: "Agency",
    board: "Neighbours' board",
    log: "The log",
    about: "About",
    desk: "Agency desk",
    share: "A shared recording",
    missing: "There is nothing here",
  },
  missing: "There is no such page. The address may have been cut.",
  toRequests: "To the requests",
  back: (page: string) => `Back to ${page}`,
  loading: "Loading",
  loadFailed: "This page could not be loaded. Check the connection and open it again.",
  again: "Try again",
  more: "Load older ones",
  foot: "This portal cannot reach into any doorbell. It publishes requests; whoever owns a recording decides alone.",
  footPortal: (name: string) => `Run by ${name}`,

  incident,
  agencyKind,
  state,
  place: (lat: string, lon: string) => `${lat}, ${lon}`,

  request: {
    about: (incident: string, caseName: string) => `It is about ${incident}, case ${caseName}.`,
    promises: (keep: string, onward: string) => `It promises: ${keep} ${onward}`,
    until: (time: string) => `It can be answered until ${time}.`,
    ended: (time: string) => `It ended on ${time}.`,
    voluntary:
      "Nobody has to answer. The agency never learns who saw it, who refused it, or who has a camera.",
    withdrawnByAgency: (time: string) =>
      `The agency took this request back on ${time}. Doorbells do not show it any more.`,
    withdrawnByRegistrar: (time: string) =>
      `The registrar withdrew this request on ${time}. Doorbells do not show it any more.`,
    note: "Note by the registrar",
    entry: (index: string) => `Entry ${index} of the log`,
    details: "All details",
    limits: "Its limits",
    open: (title: string) => `Open the request: ${title}`,
    who: "Who asks",
    purpose: "In its own words",
    contact: "Contact",
    case: "Case",
    area: "Area",
    window: "Time asked for",
    keep: "Kept for",
    onwardTitle: "Passed on to",
    nobody: "Nobody",
    sealTo: "Sealed to",
    sealToNote: "Only the holder of this key can open what is sent. This portal cannot.",
    signed: "Signed by",
    log: "In the log",
    hash: "SHA-256 of the signed text",
    signedText: "The signed message",
    signedTextNote: "Exactly the bytes that are signed and logged (DSSE).",
    save: "Save it",
    showOnPlan: "Where",
  },

  limits: {
    allowed: (least: string, most: string) => `allowed: ${least} to ${most}`,
    atMost: (most: string) => `at most ${most}`,
    radius: "Area around the place",
    window: "Length of time asked for",
    age: "How far back it looks",
    life: "Can be answered for",
    keep: "Deleted after",
    kept: "within the limits",
    broken: "outside the limits",
    past: "ends before it was signed",
    future: "asks for what has not happened yet",
    looksBack: "Looks back only",
  },

  check: {
    title: "Check it yourself",
    what: "Your browser fetches the signed checkpoint and the pieces of the tree, and computes whether this entry is in the log. It does not take this portal's word.",
    run: "Check now",
    running: "Checking",
    good: "It is in the log.",
    steps: {
      checkpoint: (size: string) => `The checkpoint over ${size} entries is signed by the log's key.`,
      entry: (index: string) => `Entry ${index} holds exactly this signed message.`,
      inclusion: (hashes: string) =>
        `The tree's root was computed from it with ${hashes} hashes and is the signed one.`,
      signature: (who: string) => `Its signature fits the key ${who}.`,
      vouched: (agency: string) => `The registrar has signed that this key belongs to ${agency}.`,
      grown: (size: string, time: string) =>
        `The first ${size} entries are the ones that this browser saw on ${time}: nothing was changed or taken away.`,
    },
    key: "Key of the log",
    keyNote:
      "Compare it with the one in a doorbell's settings (portal.logKey). It came from this portal, so only the comparison makes it count.",
  },

  feed: {
    lead: "Every request that doorbells are shown is listed here, with all it asks. A request that is not here is shown to nobody.",
    filter: "Which requests to show",
    agency: "Agency",
    type: "What happened",
    state: "State",
    text: "Words",
    textNote: "Case, purpose, agency",
    anyAgency: "All agencies",
    anyType: "Anything",
    anyState: "Open and over",
    stateOpen: "Open",
    stateOver: "Over",
    stateWithdrawn: "Withdrawn",
    clear: "Show all",
    count: (count: number) => (count === 1 ? "1 request" : `${count} requests`),
    none: "No request fits",
    noneHint: "Take a filter away to see more.",
    empty: "No agency has asked for anything yet",
    emptyHint: "When one does, it appears here at the same moment as on the doorbells nearby.",
    planLabel: "Plan of the requests.",
    chosen: (count: number) =>
      count === 1 ? "1 request chosen on the plan" : `${count} requests chosen on the plan`,
    unchoose: "Show all again",
  },

  plan: {
    role: "plan",
    keys: "Arrow keys move it, plus and minus zoom, 0 shows everything. All of it is also in the list.",
    several: (count: number) => `${count} requests here`,
    nearer: "Nearer",
    farther: "Farther away",
    all: "Show everything",
    distance: (metres: number) => (metres >= 1_000 ? `${metres / 1_000} km` : `${metres} m`),
    territory: "Where this agency may ask",
  },

  agencies: {
    lead: "Who may ask, checked by the registrar of this portal. A doorbell shows requests of these and of nobody else.",
    none: "No agency is registered here yet",
    noneHint: "The registrar of this portal registers them one by one.",
    requests: (count: number, open: number) =>
      `${count === 1 ? "1 request" : `${count} requests`}, ${open} open`,
    revoked: "Revoked",
    record: "Its record",
    recordNote:
      "Requests are public and counted exactly. What owners sent is told in ranges only, so that nobody can see whether one neighbour more has answered.",
    rows: record,
    bucket,
    verified: "How the registrar made sure",
    contact: "Contact",
    territory: "Where it may ask",
    keys: "Its keys",
    keysNote: "A request counts only when one of these signed it. A revoked key signs nothing any more.",
    keySince: (time: string) => `since ${time}`,
    keyRevoked: (time: string) => `revoked on ${time}`,
    keyNow: "in use",
    sealKeys: "Recordings for it are sealed to",
    docks: "They are delivered to",
    versions: "Its profile over time",
    version: (version: string, time: string) => `Version ${version}, ${time}`,
    notes: "Notes by the registrar",
    itsRequests: "Its requests",
  },

  log: {
    lead: "Requests, agencies' profiles, withdrawals and the registrar's notes are entries of one list to which things can only be added. Every doorbell checks all of it; so can you.",
    checkpoint: "Newest checkpoint",
    checkpointNote:
      "Signed by the log's key: how many entries there are, and one hash that stands for all of them.",
    size: "Entries",
    root: "Root",
    newest: "Your browser has just checked the newest entry",
    empty: "The log is empty",
    kinds: {
      request: "a request",
      agency: "an agency's profile",
      withdrawal: "a withdrawal",
      moderation: "a note by the registrar",
      other: "another message",
    } as const,
    newestIs: (what: string, index: string) => `Entry ${index} is ${what}.`,
    how: "How to check it with your own tools",
    howSteps: [
      "The log is plain files in the public format C2SP tlog-tiles. Anybody may copy them, and any copy is as good as this one.",
      "Fetch the checkpoint and verify its signature (a C2SP signed note) with the log's key.",
      "Fetch the entry bundles, hash each entry (RFC 6962), and compute the root. It must be the checkpoint's.",
      "Keep the checkpoint, as this browser does. Next time, the tree must be the old one with entries added: a log that was changed or cut shows at once.",
    ],
    files: "The files",
    file: {
      checkpoint: "the signed checkpoint",
      entries: "the first 256 entries, or so many of them as there are",
      tile: "the first hashes of the tree",
    },
  },

  board: {
    lead: "What neighbours tell each other. Each post is signed by somebody with a doorbell, names a neighbourhood and no address, and disappears after at most 30 days.",
    none: "Nobody has posted anything",
    noneHint: "Posts are written on the page of one's own doorbell.",
    expires: (time: string) => `Disappears on ${time}`,
    near: (name: string) => `Near ${name}`,
    share: "Open the shared recording",
    planLabel: "Plan of the posts, each somewhere in its square of about a kilometre.",
    how: "How to post",
    howSteps: [
      "Open the page of your own doorbell and sign in.",
      "Choose a recording, if you want to share one, and make a link that expires.",
      "Write your post under Neighbours. Your doorbell signs it with a key that is used for nothing else and leads to no house.",
      "A person of this portal reads it before it appears.",
    ],
    moderation: "What is not published",
    moderationWords:
      "Names, faces and number plates of people who are accused of something; guesses about who somebody is; anything about people merely for being there. An agency reads this board like everybody else and gets nothing else from it.",
    textNote: "Bicycle, parcel, street",
  },

  about: {
    lead: "A place where agencies ask in public, and where neighbours talk. It is the other side of the Sill doorbell, and it is built to know as little as it can.",
    sections: [
      {
        title: "What it is",
        text: "An agency that needs recordings of an incident publishes a request: where, when, why, for how long it keeps what it gets. The request goes into a log that only grows. Every doorbell fetches the whole log on the same schedule and compares it, at home, with where it is and what it recorded. Its owner sees a request that fits, and says no or picks seconds to send.",
      },
      {
        title: "What it sees",
        text: "The requests, which are public. That a doorbell somewhere fetched the log, like all the others. When an owner sends something: a sealed parcel, its size, its time, and which request it says it answers. What agencies signed: receipts, and answers to deletions. For a share link or a post: the sealed bytes or the words, and how long they stay.",
      },
      {
        title: "What it cannot see",
        text: "Where any doorbell is. Whether a request fitted anybody, and whether it was refused, ignored or not even matched: all of these look exactly alike from here. What is in a parcel, from which house, and which owner's key signed it: parcels are sealed to the agency's own key, which is not here. The key of a share link, which browsers keep to themselves.",
      },
      {
        title: "What it cannot do",
        text: "Change, hide or backdate a request without every doorbell raising an alarm. Make a doorbell record, keep or send anything. Show a request that breaks the limits: doorbells check each limit again.",
      },
    ],
    who: "Who runs this one",
    operator: "Operator",
    address: "Address",
    registrar: "Registrar's key",
    registrarNote:
      "Signs agencies' profiles and notes in public. Doorbells are told this key in their settings.",
    logKey: "Log's key",
    entries: "Entries in the log",
    version: "Version",
    floors: "The limits of a request",
    floorsNote:
      "Floors matter as much as ceilings: a circle of 20 metres or a window of two minutes would be a private demand aimed at one home.",
  },

  share: {
    lead: "Somebody shared this with you from their own doorbell. It is opened here, in your browser.",
    noKey: "There is no key in this address",
    noKeyHint:
      "The key that opens the recording stands behind the # of the link. Ask for the whole link again, or open it with your own key if it was shared with that.",
    ownKey: "Your key, if it was shared with that",
    ownKeyNote: "It begins with AGE-SECRET-KEY-1, or is a key file with such a line. It stays in this page.",
    openOwn: "Open with this key",
    badKey: "the link's key has a mistake in it",
    badKeyHint:
      "Part of it was lost or changed on the way. Ask for the link again, or look at your own key again.",
    gone: "This link leads to nothing any more",
    goneHint:
      "Its time is over, or the person who made it took it back. The recording is gone from this portal.",
    until: (time: string) => `The link works until ${time}. Then the recording is deleted here.`,
    keyStays: "The key in your link was not sent anywhere: browsers keep what stands behind the #.",
  },

  parcel: {
    fetching: "Fetching the sealed recording",
    checking: "Opening and checking it",
    checkedTitle: "Whole and unchanged",
    checked: (files: string, size: string) =>
      `${files} files, ${size}: every hash in the signed letter fits, and each file opened with your key.`,
    letter: "The letter",
    from: "Signed by",
    fromNote: "The owner's key. It says that one person sent this, not who.",
    to: "For",
    purpose: "Purpose",
    note: "In the sender's words",
    noNote: "Nothing was added.",
    signedAt: "Signed",
    clip: (number: string) => `Recording ${number}`,
    clipFacts: (start: string, length: string, size: string) => `${start}, ${length}, ${size}.`,
    gaps: (count: number) =>
      count === 1
        ? "One part in between was left out by its owner."
        : `${count} parts in between were left out by their owner.`,
    play: "Play",
    pause: "Pause",
    seek: "Position",
    save: "Save as MP4",
    custodyTitle: "For the file",
    custody: "Save the record of custody",
    custodyNote: "Hashes, signatures and times, to keep beside the video.",
    cannotPlay: "This browser cannot play the recording",
    cannotPlayHint: "It can be saved and played elsewhere.",
    refused: "This parcel is not accepted",
    faults: {
      cut: "it is shorter or longer than its letter says",
      changed: (what: string) => `${what} is not what its owner signed: it was changed or damaged on the way`,
      letterSeal: "the letter cannot be opened with this key",
      letterBroken: "the letter was changed or cut off on the way",
      letterSignature: "the letter's signature does not fit the owner's key that it names",
      otherGrant: "the letter belongs to another parcel",
      notOpened: (what: string) => `${what} cannot be opened with this key`,
      hint: "nothing of it is shown; its owner can send it again",
    },
    file: {
      init: (clip: string) => `the beginning of recording ${clip}`,
      fragment: (index: string, clip: string) => `piece ${index} of recording ${clip}`,
    },
  },
};

export type Words = typeof words;
