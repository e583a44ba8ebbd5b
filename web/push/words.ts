/**
 * Words of alerts to browsers, in English; part of words.ts. Those of the notifications are in note-words.ts.
 */
import { capital } from "../look/capital.ts";

export const pushWords = {
  title: (thing: string) => `Alerts on ${thing}`,
  phone: "this phone",
  browser: "this browser",
  note: "What you choose below comes as a notification, also while the page is closed. It says what happened and when, and shows no picture.",
  told: (thing: string) => `${capital(thing)} is told what you chose.`,
  notTold: (thing: string) => `${capital(thing)} is not told.`,
  tell: (thing: string) => `Tell ${thing}`,
  telling: "One moment",
  stop: (thing: string) => `Tell ${thing} no more`,
  first: "You are the first: when an owner is told, others of the house may be, too.",
  carried: (service: string) =>
    `Alerts go by ${service}, which the maker of this browser runs. They are encrypted: it learns when something happens and whether that is urgent, not what it is.`,
  standing: {
    off: {
      title: "Alerts to browsers are switched off",
      note: "The setting alerts.pushHosts names no push service.",
    },
    insecure: {
      title: "Not over this connection",
      note: "Browsers allow alerts only on a page that came over HTTPS, or on the doorbell's own machine. Open the page with https:// in front.",
    },
    untrusted: {
      title: "This browser does not trust the doorbell's certificate",
      note: "A warning that was clicked away is not enough for alerts, nor for the page to open while the doorbell is away. Open the page by a name with a certificate that browsers know (web.certificateFile; docs/alerts.md says how), or use the ntfy app.",
    },
    failed: {
      title: "The browser did not start what receives alerts",
      note: "Load the page again. Private windows often do not allow it.",
    },
    unsupported: {
      title: "This browser cannot be told",
      note: "It has no web push. Another browser may have; the ntfy app works in any case (docs/alerts.md).",
    },
    install: {
      title: "First put the page on your home screen",
      note: "On an iPhone or iPad only a page on the home screen may be told: Share, then “Add to Home Screen”. Open it from there and come back to this place.",
    },
    denied: {
      title: "Notifications from this page are blocked",
      note: "You said no to this page once, or your system does. Allow notifications for it in the browser's settings, then load it again.",
    },
    closed: {
      title: "Not allowed yet",
      note: "An owner has to be told first, or to allow it.",
    },
  },
  lost: {
    title: "This browser is told no more.",
    see: "Alerts",
    leave: "Leave it",
  },
  list: "Told now",
  nobody: "Nobody is told yet.",
  you: "this one",
  since: (moment: string) => `since ${moment}`,
  by: (service: string) => `by ${service}`,
  test: "Send a test",
  testing: "Sending",
  testLabel: (label: string) => `Send a test to ${label}`,
  tested: "Its service took the test. It should arrive within seconds.",
  remove: "Remove",
  removeLabel: (label: string) => `Tell ${label} no more`,
  trouble: (moment: string) => `Not reached since ${moment}.`,
  close: "Tell nobody any more",
  closeSure: "Tell no browser any more?",
  closeNote: "All of them are removed, and members cannot add theirs again until an owner allows it.",
  closeDo: "Tell nobody any more",
  keep: "Keep",
  services: {
    unanswered: "the push service of this browser does not answer",
    unansweredHint: "is this device connected to the internet?",
    refused: "notifications were not allowed",
    refusedHint: "allow them for this page in the browser's settings",
  },
};
