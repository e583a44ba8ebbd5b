/**
 * Words: everything the page says, in one place, in plain language.
 *
 * A translation is another object of the type `Words`, chosen here by the viewer's language;
 * sentences with a blank are functions, so that a language may order them its own way. Times,
 * numbers and sizes arrive already formatted for the viewer's locale (look/format.ts).
 */
import { enterWords } from "./enter/words.ts";
import { peopleWords } from "./people/words.ts";

const english = {
  name: "Sill",
  skipToEvents: "Skip to the events",
  simulated: "Simulated porch",
  simulatedWhy:
    "There is no camera here: this porch, its visitors and its button are played by the computer.",
  press: "Press the button",
  pressFailed: "The button could not be pressed.",

  kinds: { ring: "Ring", motion: "Movement" },
  dayNames: { today: "Today", yesterday: "Yesterday" },

  sound: {
    on: "Sound on",
    off: "Sound off",
    blocked: "Click anywhere to allow sound",
    label: "Play a tone when somebody rings",
  },

  link: {
    connecting: "Connecting",
    open: "Connected",
    lost: "No connection to the doorbell. Trying again by itself; what you see may be old.",
    retry: "Try now",
  },

  ring: {
    title: "Somebody is at the door",
    at: (time: string) => `Rang at ${time}`,
    ago: (age: string) => `${age} ago`,
    justNow: "just now",
    again: (count: number) => `${count} times`,
    dismiss: "Dismiss",
    see: "See who it is",
    documentTitle: (time: string) => `🔔 Ring at ${time} · Sill`,
    spoken: (time: string) => `Somebody rang the doorbell at ${time}.`,
  },

  live: {
    title: "Live view",
    label: "Live picture from the door, privacy mask applied",
    live: "Live",
    behind: (seconds: string) => `${seconds} s behind`,
    behindWhy: "Time between the camera and your screen",
    connecting: "Opening the live picture",
    stalled: "The picture has stopped",
    stalledHint: "The doorbell is connected but sends no picture. It comes back by itself.",
    offline: "No connection to the doorbell",
    offlineHint: "Trying again by itself. Check your network, or whether the doorbell has power.",
    paused: "Paused",
    pausedHint: "Live is off while nobody looks at this page.",
    resume: "Watch live",
    pause: "Stop watching",
    fullscreen: "Fill the screen",
    unsupported: "This browser cannot play the live picture",
    unsupportedHint: "Use a current Chrome, Firefox, Edge, or Safari 17.1 or newer.",
    undecodable: "This browser cannot show the camera's video format",
    cameraOpening: "The camera is starting",
    cameraStalled: "The camera has stopped sending pictures",
    cameraFailed: "The camera is away",
    cameraHint: "The button still rings. Sill keeps trying to open the camera.",
    masked: "Everything is masked",
    maskedHint: "Sill shows nothing until it knows your property line: every pixel outside it is destroyed.",
  },

  events: {
    title: "Events",
    filter: "Which events to show",
    all: "All",
    rings: "Rings",
    motions: "Movement",
    empty: "Nothing has happened yet",
    emptyHint:
      "When somebody rings or moves inside your property line, it appears here with its recording, a few seconds from before included.",
    emptyRings: "Nobody has rung yet",
    emptyRingsHint: "Rings are kept here together with the moments before them.",
    emptyMotions: "No movement yet",
    emptyMotionsHint: "Movement counts only inside your property line.",
    failed: "The events could not be loaded",
    retry: "Try again",
    more: "Load older events",
    loading: "Loading events",
    end: (hours: string) => `That is all. Recordings are kept for ${hours}.`,
    endPlain: "That is all.",
    now: "Happening now",
    interrupted: "Cut short",
    noVideo: "No video",
    zones: (zones: string) => `in ${zones}`,
    remove: "Delete",
    removeLabel: (kind: string, time: string) => `Delete ${kind} at ${time}`,
    openLabel: (kind: string, time: string, rest: string) => `${kind} at ${time}, ${rest}`,
    removing: (kind: string, time: string) => `${kind} at ${time} will be deleted for good.`,
    stillRecording: "This is still being recorded. It can be deleted when it has ended.",
    undo: "Keep it",
    removeFailed: "It could not be deleted and is back in the list.",
    keys: "Arrow keys move through the list, Enter plays, Delete deletes.",
  },

  player: {
    dialog: (kind: string, time: string) => `${kind} at ${time}`,
    close: "Close",
    play: "Play",
    pause: "Pause",
    replay: "Play again",
    newer: "Newer event",
    older: "Older event",
    speed: (times: string) => `Speed ${times}`,
    download: "Download",
    remove: "Delete",
    seek: "Position in the recording",
    position: (at: string, total: string) => `${at} of ${total}`,
    mark: (kind: string) => `${kind} happened here`,
    preRoll: (time: string) => `recorded from ${time} before`,
    recording: "Still recording",
    interrupted: "This recording was cut short: the camera or the power went away.",
    noVideo: "There is no recording of this event",
    noVideoHint: "The camera was away when it happened. The event itself was kept.",
    waiting: "The recording starts in a moment",
    loading: "Opening the recording",
    gone: "This recording is no longer there",
    goneHint: "It was deleted, or it was older than the time recordings are kept.",
    denied: "This recording was not sealed to your key",
    deniedHint:
      "It was made before you were let in, or while you were not. A person who was in then can play it and save it for you.",
    corrupt: "This recording is damaged",
    corruptHint: "A part of it was cut off or changed after it was sealed, so it is not played.",
    failed: "The recording could not be loaded",
    saving: "Opening it for you",
    savingAt: (percent: string) => `Opening: ${percent}`,
    saveFailed: "The recording could not be saved.",
    retry: "Try again",
  },

  status: {
    title: "State of the doorbell",
    fine: "Everything works",
    count: (problems: number) => (problems === 1 ? "1 problem" : `${problems} problems`),
    camera: "Camera",
    cameraRunning: "Running",
    cameraOpening: "Starting",
    cameraStalled: "No picture",
    cameraFailed: "Away",
    cameraNote: (name: string, size: string, fps: string) => `${name}, ${size}, ${fps} pictures a second`,
    mask: "Privacy mask",
    maskNone: "Nothing is visible",
    maskSees: (percent: string) => `Sees ${percent}`,
    maskNote: (percent: string) => `The camera sees ${percent} of its picture; the rest is destroyed.`,
    maskWaits: "Waiting",
    maskWaitsNote: "It is applied as soon as the camera runs; nothing passes without it.",
    maskAll: "No property line is set, so every pixel is destroyed.",
    door: "Button and sensor",
    doorReady: "Ready",
    doorOff: "Off",
    sensorWords: { ok: "ready", opening: "starting", failed: "not working", off: "off" },
    roles: { button: "Button", pir: "Motion sensor", chime: "Chime", light: "Status light" },
    doorNote: (button: string, pir: string) => `Button ${button}, motion sensor ${pir}`,
    disk: "Recordings",
    diskUsed: (used: string, budget: string) => `${used} of ${budget}`,
    diskNote: (kept: string, free: string) => `Kept for ${kept}; ${free} free on the disk`,
    dropped: "Dropped pictures",
    droppedNone: "None",
    droppedSome: (count: string) => count,
    droppedNote: (share: string) => `${share} of all pictures since start`,
    processes: "Processes",
    processesUp: (up: number, all: number) => `${up} of ${all} run`,
    processesNote: (memory: string) => `${memory} of memory together`,
    waiting: "Waiting for the doorbell",
    old: "As it was before the connection was lost",
    details: "Details for testers",
    stage: "Stage",
    in: "In",
    out: "Out",
    droppedColumn: "Dropped",
    lastError: "Last error",
    part: "Part",
    state: "State",
    counted: "Count",
    lastSeen: "Last",
    memory: "Memory",
    since: "Since",
    version: "Version",
    encoder: "Encoder",
    started: "Started",
    motion: "Motion score",
    policy: "Policy version",
    evicted: "Deleted early",
    oldest: "Oldest recording",
    eventsKept: "Events kept",
    never: "never",
    running: "runs",
    stopped: "away",
    api: "API description",
  },

  problems: {
    camera: "The camera is away",
    cameraStalled: "The camera stopped sending pictures",
    cameraHint: "Check its cable and power. The button still rings; Sill opens the camera again by itself.",
    mask: "Everything is masked",
    drawLine: "Draw the property line",
    maskHint: "Set your property line. Until then Sill neither shows nor records anything that can be seen.",
    zones: "Motion zones are broken",
    zonesHint: "Draw them again.",
    bug: (message: string) => `This is a mistake in Sill itself (${message}). Please report it.`,
    full: "The disk is full",
    fullHint:
      "The oldest recordings are deleted first so that the newest continues. Free some space or lower the retention time.",
    evicted: (count: string) => `${count} recordings were deleted early to make room`,
    evictedHint:
      "Give recordings more space (storage.budgetMb) or keep them for less time (storage.retentionHours).",
    storage: "Recordings cannot be stored",
    storageHint: "Check the disk. The button still rings.",
    sensor: (role: string) => `${role}: not working`,
    sensorHint: "Check its wiring. Sill tries again by itself.",
    process: (name: string) => `The part called "${name}" is away`,
    processHints: {
      eye: "There is no picture and nothing is recorded until it is back; it is started again by itself.",
      keeper: "It is started again by itself.",
      courier: "Nothing is sent anywhere until it is back; recording is not affected.",
    },
    dropped: (share: string) => `${share} of the pictures are dropped`,
    droppedHint: "The computer is too slow for these settings: lower camera.fps or the picture size.",
  },

  menu: {
    title: "Menu",
    open: "Open the menu",
    signOut: "Sign out",
  },

  page: {
    back: "Back to the door",
    failed: "This page could not be loaded. Check the connection and open it again.",
    missing: { title: "There is nothing here", note: "Or it is not for your role in this house." },
  },

  pages: {
    people: {
      title: "People",
      note: "Who belongs to this doorbell, and on which browsers they are signed in.",
    },
    line: {
      title: "Property line",
      note: "What you draw is what the camera may see. Everything outside the line, and everything in a privacy zone, is destroyed before anything else looks at the picture.",
    },
    zones: {
      title: "Motion zones",
      note: "Where movement counts. This changes nothing about what the camera may see: you draw on the picture as it is masked.",
    },
    history: { title: "History", note: "What was changed here, when, and by whom." },
  },

  enter: enterWords,
  people: peopleWords,

  drawing: {
    tools: "Drawing tools",
    undo: "Undo (Ctrl+Z)",
    redo: "Redo (Shift+Ctrl+Z)",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    wholePicture: "Show the whole picture",
    snap: "Corners snap to edges in the picture",
    line: "Property line",
    hidden: (place: number) => `Privacy zone ${place}`,
    counted: (place: number) => `Motion zone ${place}`,
    corner: (corner: number, all: number, name: string) => `Corner ${corner} of ${all}, ${name}`,
    place: (left: string, top: string) => `${left} from the left, ${top} from the top`,
    moveWhole: (name: string) => `Move all of it: ${name}`,
    addCorner: "Add a corner",
    removeCorner: "Remove it",
    removeShape: (name: string) => `Remove: ${name}`,
    nothingInHand: "Tap a corner to move it, or an edge to add one.",
    shapeInHand: (name: string) =>
      `${name}: drag a corner, tap an edge for a new one, or drag the cross to move it.`,
    draftFirst: "Tap where the first corner goes.",
    draftNext: "Tap where the next corner goes.",
    draftClose: "Tap the next corner. Tap the first one again to finish.",
    cross: (corners: number) =>
      `${corners} corners so far. Arrow keys move the cross, Enter sets a corner, C finishes, Escape stops.`,
    close: "Finish",
    cancel: "Cancel",
    keys: "Keyboard: Tab goes from corner to corner, arrows move one by a pixel (with Shift by ten), Enter adds one, Delete removes it. Two fingers or the wheel zoom.",
    flaws: {
      tooFew: (name: string) => `${name} needs at least three corners.`,
      tooMany: (name: string) => `${name} has too many corners.`,
      outside: (name: string, corner: number) => `${name}: corner ${corner} is outside the picture.`,
      twin: (name: string, corner: number) =>
        `${name}: corner ${corner} lies exactly on the next one. Move one of them.`,
      crossing: (name: string) =>
        `${name}: two of its edges cross or touch, shown in red. Nobody could say what is inside.`,
      noArea: (name: string) => `${name} encloses nothing.`,
    },
  },

  line: {
    loading: "Asking the doorbell",
    failed: "The present line could not be loaded",
    retry: "Try again",
    stillTitle: "First, a picture to draw on",
    stillWhy:
      "This is the only picture that Sill ever gives out without the mask. It is made now, sealed to your key, shown on this screen only and stored nowhere. The history says that you asked for it.",
    takeStill: "Take the setup picture",
    takingStill: "Taking the picture",
    newStill: "Take a new picture",
    stillFailed: (why: string) => `There is no setup picture: ${why}`,
    stage: "The setup picture, with the property line and privacy zones on it",
    draw: "Draw the line",
    drawAgain: "Draw a new line",
    box: "Start with a box",
    suggestion: "Use the simulated porch's own line",
    addHidden: "Add a privacy zone",
    hiddenWhy: "A neighbour's window inside your line? Cover it with a privacy zone.",
    asSeen: "As the camera will see it",
    shapes: "What is drawn",
    corners: (count: number) => `${count} corners`,
    none: "No line yet: the camera sees nothing.",
    sees: "The camera sees",
    before: (percent: string) => `now ${percent}`,
    after: (percent: string) => `then ${percent}`,
    keep: "Keep recordings for",
    keepHours: "hours",
    keepLimits: "1 to 720 hours (30 days). Older recordings are deleted.",
    keepWrong: "Recordings can be kept for 1 to 720 hours.",
    save: "Sign and save",
    confirm: "Confirm this line",
    saving: "Waiting for the camera",
    nothingToSave: "Draw a line first.",
    unfinished: "Finish the shape you are drawing first.",
    inForce: (version: string, percent: string) =>
      `In force: version ${version}. The camera sees ${percent} of its picture.`,
    refused: (why: string) => `It is not in force: ${why}`,
    slow: "It is saved. The camera has not answered yet; it takes the line as soon as it runs.",
  },

  guard: {
    title: {
      moved: "The camera was moved",
      covered: "The camera is covered",
      changed: "The camera sees another scene",
    },
    hint: {
      moved:
        "The property line no longer lies where you drew it, so everything is masked. An owner has to confirm the line or draw it again.",
      covered: "Nothing is shown while the view is blocked. It comes back by itself when it is free again.",
      changed:
        "It is not the one in which the property line was confirmed, so everything is masked. An owner has to confirm the line or draw it again.",
    },
    go: "Confirm or redraw the line",
  },

  zones: {
    loading: "Asking the doorbell",
    failed: "The zones could not be loaded",
    retry: "Try again",
    waiting: "Waiting for the live picture",
    newPicture: "Newer picture",
    stage: "The masked picture, with the motion zones on it",
    add: "Add a motion zone",
    everywhere: "No zones: movement counts everywhere inside the property line.",
    list: "Zones",
    name: "Name",
    sensitivity: "Sensitivity",
    asSet: "As set for the doorbell",
    own: "Its own",
    level: (value: number) =>
      value === 0
        ? "0: never"
        : value < 35
          ? `${value}: only much movement`
          : value <= 65
            ? `${value}: medium`
            : `${value}: little movement is enough`,
    remove: (name: string) => `Remove ${name}`,
    nameMissing: "Every zone needs a name.",
    nameTwice: (name: string) => `Two zones are called "${name}".`,
    full: "There can be 16 zones at most.",
    save: "Save the zones",
    saved: "Saved. They count from now on.",
    saveFailed: (why: string) => `The zones were not saved: ${why}`,
    unchanged: "Nothing has changed.",
  },

  units: { seconds: "s", minutes: "min", hours: "h", days: "days", day: "day" },
};

export type Words = typeof english;

const languages: Readonly<Record<string, Words>> = { en: english };

/** The viewer's language if there is a translation, English otherwise. */
function choose(preferred: readonly string[]): Words {
  for (const tag of preferred) {
    const found = languages[tag.slice(0, 2).toLowerCase()];
    if (found !== undefined) return found;
  }
  return english;
}

export const words: Words = choose(globalThis.navigator?.languages ?? []);
