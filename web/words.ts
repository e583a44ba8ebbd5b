/**
 * Words: everything the page says, in one place, in plain language.
 *
 * A translation is another object of the type `Words`, chosen here by the viewer's language;
 * sentences with a blank are functions, so that a language may order them its own way. Times,
 * numbers and sizes arrive already formatted for the viewer's locale (look/format.ts).
 */
import { doorWords } from "./door/words.ts";
import { calibrateWords } from "./calibrate/words.ts";
import { selftestWords } from "./selftest/words.ts";
import { enterWords } from "./enter/words.ts";
import { whatWords } from "./events/what-words.ts";
import { ignoredWords } from "./events/ignored-words.ts";
import { markWords } from "./events/mark-words.ts";
import { peopleWords } from "./people/words.ts";
import { drawingWords } from "./drawing/words.ts";
import { healthWords } from "./health/words.ts";
import { modelWords } from "./health/model-words.ts";
import { ledgerWords } from "./ledger/words.ts";
import { lineWords } from "./line/words.ts";
import { shareWords } from "./share/words.ts";
import { sharedWords } from "./shared/words.ts";
import { timelineWords } from "./timeline/words.ts";
import { zonesWords } from "./zones/words.ts";
import { pushWords } from "./push/words.ts";
import { placeWords } from "./place/words.ts";
import { alertsWords } from "./alerts/words.ts";
import { publishWords } from "./publish/words.ts";
import { requestWords } from "./requests/words.ts";
import { talkWords } from "./talk/words.ts";
import { courtOrderWords } from "./court-order/words.ts";

const english = {
  name: "Sill",
  skipToEvents: "Skip to the events",
  simulated: "Simulated porch",
  simulatedWhy:
    "There is no camera here: this porch, its visitors and its button are played by the computer.",
  press: "Press the button",
  pressFailed: "The button could not be pressed.",

  kinds: { ring: "Ring", motion: "Movement" },
  what: whatWords,
  door: doorWords,
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
    pausedHint: "You stopped it. The doorbell makes no live picture for this page until you watch again.",
    resume: "Watch live",
    pause: "Stop watching",
    fullscreen: "Fill the screen",
    unsupported: "This browser cannot play the live picture",
    unsupportedHint: "Use a current Chrome, Firefox, Edge, or Safari 17.1 or newer.",
    undecodable: "This browser cannot show the camera's video format",
    cameraOpening: "The camera is starting",
    cameraAsleep: "The camera wakes up",
    cameraStalled: "The camera has stopped sending pictures",
    cameraFailed: "The camera is away",
    cameraHint: "The button still rings. Sill keeps trying to open the camera.",
    drawLine: "Draw your line",
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
    seer: { both: "Motion sensor and picture", pir: "Motion sensor only" },
    woke: "Woke the camera, no picture before",
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
    cameraAsleep: "Asleep",
    cameraAsleepNote: "Saves power until the motion sensor, the button or a viewer wakes it",
    cameraStalled: "No picture",
    cameraFailed: "Away",
    cameraNote: (name: string, size: string, fps: string) => `${name}, ${size}, ${fps} pictures a second`,
    mask: "Privacy mask",
    maskNone: "Nothing is visible",
    maskSees: (percent: string) => `Sees ${percent}`,
    maskNote: (percent: string) => `The camera sees ${percent} of its picture; the rest is destroyed.`,
    maskClosed: "Closed",
    maskClosedNote: "Somebody closed the camera's sight: no picture is looked at.",
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
    motionKernel: "Motion computed by",
    motionKernels: { simd: "WebAssembly SIMD", plain: "plain JavaScript" },
    motionJournal: "Motion journal",
    motionJournalFrames: (frames: string, dropped: string) => `${frames} written, ${dropped} dropped`,
    model: "What moved is told by",
    modelState: (model: string, state: string, ms: string | null) =>
      `${model === "sill" ? "Sill's own model" : model}, ${state}${ms === null ? "" : `, ${ms} ms for a picture`}`,
    modelStates: {
      off: "off",
      loading: "being read",
      ready: "ready",
      resting: "failed and tried again",
      refused: "refused",
    },
    policy: "Policy version",
    evicted: "Deleted early",
    oldest: "Oldest recording",
    ledger: "Entries in the ledger",
    eventsKept: "Events kept",
    never: "never",
    running: "runs",
    stopped: "away",
    api: "API description",
  },

  problems: {
    runIt: (command: string) => `Run \`${command}\` on the doorbell`,
    runOr: (run: string, other: string) => `${run}, or ${other}`,
    set: (setting: string) => `set ${setting}`,
    onDoorbell: (hint: string) => `On the doorbell: ${hint}`,
    camera: "The camera is away",
    cameraStalled: "The camera stopped sending pictures",
    cameraHint: "Check its cable and power. The button still rings; Sill opens the camera again by itself.",
    mask: "Everything is masked",
    drawLine: "Draw the property line",
    maskHint: "Set your property line. Until then Sill neither shows nor records anything that can be seen.",
    zones: "Motion zones are broken",
    zonesHint: "Draw them again.",
    motionJournal: "Motion is not kept for calibration",
    motionJournalHint: "Events and recordings go on; previews of other settings will have a gap.",
    what: "What moved is not told",
    whatHint: "Movements are recorded all the same, without a word for what they were.",
    bug: (message: string) => `This is a mistake in Sill itself (${message}). Please report it.`,
    full: "The disk is full",
    fullHint:
      "The oldest recordings are deleted first so that the newest continues. Free some space or lower the retention time.",
    evicted: (count: string) => `${count} recordings were deleted early to make room`,
    evictedHint:
      "Give recordings more space (storage.budgetMb) or keep them for less time (storage.retentionHours).",
    storage: "Recordings cannot be stored",
    mqtt: "The house's broker hears nothing of the doorbell",
    mqttHint: "Home Assistant and the like are not told of rings until it does.",
    rtsp: "Other systems of the house get no picture",
    rtspHint: "Everything else goes on.",
    alertChannels: { ntfy: "ntfy", webhook: "webhook", push: "web push" },
    alerts: (channel: string) => `The last alert by ${channel} did not arrive`,
    alertsHint: "It is tried again for an hour; rings are on this page and sound at the door all the same.",
    privacy: "Whether the camera may look is not sure",
    privacyHint: "Until it is, it does not look.",
    ledger: "What happens cannot be put on record",
    ledgerHint:
      "Until it can be, nothing is shown live, played or sent. The button rings and recording goes on.",
    clock: "The clock may be wrong",
    clockHint: "Set it right; until then nothing is deleted for its age and nothing is sent.",
    storageHint: "Check the disk. The button still rings.",
    sensor: (role: string) => `${role}: not working`,
    sensorHint: "Check its wiring. Sill tries again by itself.",
    process: (name: string) => `The part called "${name}" is away`,
    processHints: {
      eye: "There is no picture and nothing is recorded until it is back; it is started again by itself.",
      keeper: "It is started again by itself.",
      courier: "Nothing is sent anywhere until it is back; recording is not affected.",
      rtsp: "Other systems of the house get no picture until it is back; it is started again by itself.",
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
    backTo: (title: string) => `Back to ${title}`,
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
    alerts: {
      title: "Alerts",
      note: "What reaches your phone, and when it stays silent.",
    },
    publish: {
      title: "What may leave",
      note: "Nothing leaves this doorbell by itself unless you allow it here, one way at a time, with your signature.",
    },
    zones: {
      title: "Motion zones",
      note: "Where movement counts. This changes nothing about what the camera may see: you draw on the picture as it is masked.",
    },
    calibrate: {
      title: "Calibrate motion",
      note: "See what motion sees, try other sensitivities on the last week, and walk up yourself.",
    },
    selftest: {
      title: "Self-test",
      note: "Is everything in order, and what to do if not.",
    },
    health: {
      title: "Health",
      note: "What is wrong, since when and what to do about it; and what was wrong before.",
    },
    requests: {
      title: "Requests",
      note: "Agencies may ask, in public, for recordings of what happened near you. Whether you answer is up to you, and nobody is told if you do not.",
    },
    place: { title: "Where your house is", note: "Two numbers that only this doorbell needs." },
    talk: {
      title: "Talk and chime",
      note: "Quick replies, the tone of a ring, and whether the door can be heard.",
    },
    courtOrder: {
      title: "Court order",
      note: "For an order on paper that obliges you to give out recordings.",
    },
    share: {
      title: "Choose what to share",
      note: "Nothing is chosen beforehand, and nothing leaves before you have seen it and signed.",
    },
    shared: {
      title: "Shared",
      note: "Everything that left this doorbell or is about to, and what became of it.",
    },
    post: { title: "Write on the board", note: "A note to the neighbourhood, with an end." },
    timeline: {
      title: "Timeline",
      note: "What happened, when, and when nobody could see it.",
    },
    history: {
      title: "History",
      note: "What was shown, decided, given out and changed here, when, and by whom. Everybody who watches sees all of it.",
    },
  },

  enter: enterWords,
  people: peopleWords,
  ledger: ledgerWords,

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

  drawing: drawingWords,
  line: lineWords,
  zones: zonesWords,
  calibrate: calibrateWords,
  selftest: selftestWords,
  marks: markWords,
  ignored: ignoredWords,
  timeline: timelineWords,
  place: placeWords,
  push: pushWords,
  alerts: alertsWords,
  talk: talkWords,
  publish: publishWords,
  health: healthWords,
  model: modelWords,
  requests: requestWords,
  courtOrder: courtOrderWords,
  share: shareWords,
  shared: sharedWords,

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
