/**
 * Words of the people's page and the history, in English; part of words.ts.
 */
export const peopleWords = {
  roles: {
    owner: {
      name: "Owner",
      can: "Sees everything and decides everything: the line, the people, what is deleted.",
    },
    member: {
      name: "Member",
      can: "Watches the door live, what happened, and what is recorded from now on.",
    },
    installer: {
      name: "Installer",
      can: "Sets up: the live picture and motion zones. No events, no recordings.",
    },
    tester: { name: "Tester", can: "Checks the hardware: states and counters. No picture at all." },
  },
  here: "In this house",
  you: "you",
  readOnly: "Only an owner lets people in or removes them.",
  remove: "Remove",
  removeLabel: (name: string) => `Remove ${name}`,
  removeSure: (name: string) => `Remove ${name}?`,
  removeNote:
    "They are signed out everywhere at once, and nothing new is sealed to their key. What was recorded while they were here, and what they have saved, they can still open.",
  removeDo: "Remove for good",
  keep: "Keep",
  waiting: "Waiting to be let in",
  waitingNote: "Compare the number with the one on their screen before you sign.",
  asking: (count: number) =>
    count === 1 ? "Somebody asks to be let in." : `${count} people ask to be let in.`,
  seeAsking: "See who it is",
  nobodyWaits:
    "Nobody asks to be let in. They open this page on their own browser and choose “Ask to be let in”.",
  asked: (time: string) => `Asked at ${time}`,
  wants: (role: string) => `wants to be: ${role}`,
  check: "Check number",
  checkSame: "The numbers are the same",
  letIn: (name: string) => `Let ${name} in`,
  refuse: "Say no",
  role: "What they become",
  sessions: "Signed in on",
  sessionsNote:
    "Ending a session signs that browser out at once. It does not take the key away that the browser holds: to shut a lost browser out, remove its person and let them in anew.",
  thisBrowser: "this browser",
  seen: (time: string) => `last seen ${time}`,
  end: "End",
  endLabel: (label: string) => `End the session on ${label}`,
  history: {
    empty: "Nothing has been changed yet.",
    more: "Show older entries",
    doorbell: "The doorbell",
    sees: (from: string, to: string) => `saw ${from} of the picture, now ${to}`,
    seesNow: (to: string) => `sees ${to} of the picture`,
    what: {
      paired: "became the first owner",
      enrolled: "let somebody in",
      removed: "removed somebody",
      "signed-in": "signed in",
      "signed-out": "signed out",
      policy: "changed what the camera may see",
      "policy-applied": "obeys the new line",
      "setup-still": "asked for an unmasked picture to set up with",
      snapshot: "took a snapshot",
      zones: "changed the motion zones",
      "guard-tripped": "masked everything: the camera's view has changed",
      "guard-back": "recognises its view again",
    },
  },
};
