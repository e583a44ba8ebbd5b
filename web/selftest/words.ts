/**
 * Words of the page of the self-test, in English; part of words.ts.
 */
import { groupNames } from "../../daemon/selftest/report/words.ts";
import type { Verdict } from "../../daemon/wire/selftest.ts";

const verdicts: Readonly<Record<Verdict, string>> = {
  pass: "In order",
  warn: "To look at",
  fail: "Broken",
  skip: "Not asked",
};

export const selftestWords = {
  groups: groupNames,
  verdicts,
  headlines: {
    pass: "Everything is in order",
    warn: "It works, and somebody should look",
    fail: "Something is broken",
  },
  startTitle: "Test the doorbell",
  startNote:
    "Camera, button, motion sensor, chime, light, disk and board, in at most a minute and a half. The doorbell goes on meanwhile: a press rings as ever.",
  attended: "I can press the button",
  attendedNote: "Switch this off when nobody is at the door: then the test does not wait for a press.",
  start: "Start the test",
  again: "Test again",
  stop: "End the test",
  running: "Testing",
  step: (at: string, of: string) => `${at} of ${of}`,
  waiting: "The doorbell is asked what it finds",
  wanted: "Now you",
  none: "No test was made yet.",
  results: "What was found",
  todo: "What to do",
  advice: "What to do",
  others: (count: string) => `${count} in order`,
  skipped: (count: string) => `${count} not asked`,
  cut: {
    cancelled: "The test was ended before its end.",
    time: "There was no time for all of it.",
  },
  tested: (when: string, seconds: string) => `${when}, ${seconds} s`,
  counts: {
    pass: (count: string) => `${count} in order`,
    warn: (count: string) => `${count} to look at`,
    fail: (count: string) => `${count} broken`,
    skip: (count: string) => `${count} not asked`,
  },
  wave: (edges: string, ms: string) => `${edges} edges in ${ms} ms`,
  upTo: (unit: string) => `in ${unit}, up to`,
  picture: "Show the picture",
  pictureOf: "The masked picture of this test",
  pictureSealed: "The masked picture of this test is sealed; an owner can look at it.",
  pictureOpening: "Opening the picture",
  past: "Tests of before",
  noPast: "None yet. The newest twenty are kept.",
  open: "Look at it",
  json: "JSON",
  html: "Page",
  junit: "JUnit",
  save: (what: string) => `Save as ${what}`,
  remove: (when: string) => `Delete the test of ${when}`,
  removeSure: "Its report and its picture will be gone.",
  removeGo: "Delete it",
  keep: "Keep it",
  loading: "Asking the doorbell",
  retry: "Try again",
} as const;
