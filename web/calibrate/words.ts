/**
 * Words of the page where motion is calibrated, in English; part of words.ts.
 */
import type { Cause } from "../../daemon/wire/api-calibration.ts";
import type { Light } from "../../daemon/sight/zones.ts";
import { labelCardWords } from "./labels/words.ts";

const causes: Readonly<Record<Cause, { readonly name: string; readonly note: string }>> = {
  walked: { name: "Walked past", note: "Went from one place to another." },
  "came-close": { name: "Came close", note: "Grew until it filled the picture." },
  stayed: { name: "Stayed", note: "Moved in one place for long: somebody who waits, or a tree." },
  brief: { name: "Brief", note: "Small and over at once: an insect, a leaf." },
  everywhere: { name: "Everywhere", note: "All over the picture at once: weather, a shaken camera." },
  light: { name: "Light", note: "Began with a change of light." },
};

const lights: Readonly<Record<Light, string>> = { bright: "Bright", dark: "Dark", infrared: "Infrared" };

const events = (count: string): string => (count === "1" ? "1 event" : `${count} events`);

interface Counts {
  readonly span: string;
  readonly stays: string;
  readonly appears: string;
  readonly vanishes: string;
  readonly changes: boolean;
}

export const calibrateWords = {
  parts: { now: "Now", week: "Last week", walk: "Walk test", report: "Report" },
  partsLabel: "Parts of the calibration",
  loading: "Asking the doorbell",
  failed: "The zones could not be loaded",
  retry: "Try again",
  cancel: "Cancel",
  again: "Try again",
  lights,
  light: "Light",
  causes,

  verdicts: { motion: "Motion", quiet: "No motion", none: "Nothing heard" },
  score: "Score",
  showPicture: "Show the picture",
  hidePicture: "Hide the picture",
  heatLost: "No heat comes from the doorbell. It comes back by itself.",
  heatEye: "The part that sees is away: there is no heat until it is back.",

  legend: {
    title: "What the colours mean",
    stir: "stirs",
    half: "half way",
    nearly: "nearly",
    fires: "fires",
    strong: "far beyond",
    unproven: "too new to count",
    outside: "outside every zone",
  },
  chart: "Score, last minute",
  chartNote: "What you change is drawn for the whole minute at once.",
  chartLabel: "The score of the last minute against the threshold",
  asked: "fires",
  minuteAgo: "1 min ago",
  now: "now",
  details: "Details for testers",
  delay: "Heat behind the camera",
  delayMs: (median: string, worst: string) => `${median} ms, at most ${worst} ms`,
  rate: "Heat",
  perSecond: (count: string) => `${count} a second`,
  grid: "Cells",
  cells: (cols: number, rows: number) => `${cols} x ${rows}`,
  none: "none",

  sliders: "Sensitivity",
  undo: "Undo",
  whole: "The whole",
  sensitivityOf: (name: string) => `Sensitivity, ${name}`,
  less: (name: string) => `Less: ${name}`,
  more: (name: string) => `More: ${name}`,
  asSet: (value: number) => `As set for the doorbell (${value})`,
  asWhole: (value: number) => `As the whole (${value})`,
  asSetShort: "as set",
  asWholeShort: "as the whole",
  least: (value: number) => `Last minute: fires from ${value} on`,
  drawZones: "Draw zones",
  redrawZones: "Change the zones' outlines",

  rules: (count: number) => (count === 0 ? "Rules for light and time" : `Rules for light and time: ${count}`),
  rulesNote:
    "Another sensitivity while a rule holds. Of several that hold for a zone the first counts. Times are the doorbell's.",
  rule: (place: number) => `Rule ${place}`,
  addRule: "Add a rule",
  removeRule: (place: number) => `Remove rule ${place}`,
  ruleZone: "Zone",
  everyZone: "Every zone",
  ruleLight: "Light",
  anyLight: "Any light",
  ruleTimed: "At some times of the day only",
  ruleTimes: { from: "From", to: "Until" },
  ruleSensitivity: "Sensitivity then",
  flaws: {
    "half-time": "A rule needs both a beginning and an end, or neither.",
    "no-zone": "A rule is for a zone that is not there any more: choose another one.",
  },

  saveTitle: "Save",
  save: "Save",
  saved: "Saved. It counts from now on.",
  discard: "Discard",
  putBack: "Put back what was before",
  isBack: "It is as it was before.",
  unchanged: "Nothing is changed: you can try freely, only Save makes it count.",
  difference: (name: string, from: string, to: string) => `${name}: ${from} → ${to}`,
  rulesChanged: "Rules changed",

  sentence: ({ span, stays, appears, vanishes, changes }: Counts) =>
    changes
      ? `In the last ${span}: ${events(vanishes)} would vanish, ${events(appears)} would appear, ${events(stays)} would stay.`
      : `In the last ${span} nothing would change: ${events(stays)} would stay.`,
  older: "For what was set before; counting anew.",
  firstLook: "Looking through the last week. The first time takes up to a minute.",
  looking: "Counting anew.",
  cancelled: "The look back was cancelled.",
  byHour: "By hour of the day",
  byCause: "By cause",
  nothingThen: "Nothing has moved.",
  hourLine: (hour: number, was: number, preview: number) => `${hour} h: ${was}, would be ${preview}`,
  causeLine: (name: string, was: number, preview: number) => `${name}: ${was}, would be ${preview}`,
  fromTo: (was: number, preview: number) => `${was} → ${preview}`,
  was: "as it was",
  preview: "as it would be",
  eventsTitle: "Events",
  filter: "Which events to list",
  filters: { changes: "Changes", appears: "Appear", vanishes: "Vanish", all: "All" },
  onlyCause: (name: string) => `Only: ${name}`,
  changes: { stays: "Stays", appears: "Would appear", vanishes: "Would vanish" },
  firesFrom: (sensitivity: number) => `fires from ${sensitivity} on`,
  nothingChanges: "No event would appear or vanish. Move a slider to see what changes.",
  nothingListed: "No such event.",
  cut: (count: string) => `Only the newest ${count} are listed.`,
  keys: "Arrow keys move through the list, Enter plays, G and F mark as good or as a false alarm.",

  labels: labelCardWords,

  propose: "Propose",
  proposeFirst:
    "Mark false alarms with a thumb down, and good ones with a thumb up: then a change can be proposed.",
  proposeNote: (wrong: number, good: number) =>
    `The smallest change that silences ${wrong === 1 ? "the marked false alarm" : `the ${wrong} marked false alarms`}${
      good === 0 ? "" : ` and loses ${good === 1 ? "the one marked good" : `none of the ${good} marked good`}`
    }.`,
  proposeGo: "Propose a change",
  proposing: "Searching",
  proposal: {
    removes: "false alarms go",
    leaves: "false alarms stay",
    keeps: "good ones stay",
    loses: "good ones would be lost",
    alsoVanish: "unmarked ones go too",
  },
  apply: "Apply to the sliders",
  applied: "On the sliders",
  notSavedYet: "Nothing counts before you save.",

  walk: "Walk test",
  walkWhy:
    "Start, climb down, and walk up as a visitor would. The screen shows in large letters, and you hear, whether you are seen.",
  walkUnsaved: "The test is of what is saved. Your changes are not saved yet.",
  walkNameField: "Name of the walk",
  walkName: (day: string, time: string) => `Walk of ${day}, ${time}`,
  start: "Start",
  walkTone: "Two notes up: seen. Two low notes: not seen any more.",
  getReady: "Get ready",
  sights: { seen: "SEEN", unseen: "NOT SEEN", silent: "NO WORD" },
  silentHint: "The doorbell does not answer: this says neither.",
  lastSeen: (length: string) => `Last seen ${length} ago`,
  notYetSeen: "Not seen yet",
  firstSeenAfter: (ms: number) => `Seen after ${(ms / 1_000).toFixed(1)} s`,
  after: (ms: number) => `after ${(ms / 1_000).toFixed(1)} s`,
  notes: "Notes",
  noteTexts: ["Gate", "Path", "Steps", "Door"] as readonly string[],
  noted: (text: string) => `Noted: ${text}`,
  stop: "Stop",
  counting: "The doorbell counts the walk",
  nothingStirred: "Nothing stirred in any zone.",
  neverSeen: "Something stirred, and nothing fired.",
  pathLabel: "The walked path over the outlines of the zones",
  pathSeen: "seen",
  pathUnseen: "not seen",
  seenPart: "Seen while moving",
  when: "When",
  everywhere: "Everywhere",
  zoneLine: (time: string | null, score: string) =>
    time === null ? `not seen, best score ${score}` : `first seen at ${time}, best score ${score}`,
  openReport: "Open the report",
  json: "JSON",
  walks: "Walks",
  noWalks: "No walk has been taken yet.",
  walkBy: (name: string, time: string) => `${name}, ${time}`,
  removeWalk: (name: string) => `Delete ${name}`,
  removeWalkSure: "The walk and its report will be gone for good.",
  removeWalkGo: "Delete it",
  keepWalk: "Keep it",

  journal: "Motion journal",
  journalWhy:
    "Of every picture the doorbell notes how strongly each of a few hundred cells moved, and no picture. From this it can tell what other settings would have done.",
  journalNone:
    "There is no journal yet. It begins when the camera runs and a property line is signed, and can be read a minute later.",
  journalSpan: "Reaches back",
  journalSince: (length: string, from: string) => `${length}, since ${from}`,
  journalSize: "Size",
  journalMarks: "Marked",
  journalMarked: (good: number, wrong: number) => `${good} good, ${wrong} false alarms`,
  journalDropped: (count: string) => `${count} pictures could not be noted since the start.`,
  gaps: "Gaps",
  noGaps: "No gaps: every picture was noted.",
  gapLine: (from: string, length: string) => `${from}, for ${length}`,
};
