/**
 * Words of the entrance, in English; part of words.ts.
 */
export const enterWords = {
  back: "Back",
  steps: ["Code and name", "Recovery words", "Your line"],
  pair: {
    title: "Make this doorbell yours",
    note: "Nobody owns this doorbell yet. Whoever types its pairing code becomes its first owner.",
    code: "Pairing code",
    codeNote: "It stands on the doorbell's console. Capitals, spaces and dashes do not matter.",
    yourName: "Your name",
    yourNameNote: "As they call you in the house. It stands in the history beside what you change.",
    submit: "This doorbell is mine",
    busy: "Pairing",
  },
  recovery: {
    title: "Your recovery words",
    note: "Write these 24 words on paper, in this order. They are shown now and never again.",
    why: "They are your key, and recordings are sealed to it. Without this browser and without these words nobody can open them, not even the doorbell. Whoever has the words can open everything.",
    print: "Print a recovery sheet",
    saveFile: "Save the key file",
    next: "I have written them down",
    checkTitle: "Three words, to be sure",
    checkNote: "Type these from your paper.",
    wordAt: (place: number) => `Word ${place}`,
    wordWrong: (place: number) => `word ${place} is another one`,
    wordWrongHint: "look at your paper again, or go back and correct it",
    again: "Show the words again",
    done: "Done",
  },
  identityFile: (name: string, recipient: string) => [
    `Sill: the key of ${name}. It opens every recording that was sealed to it; keep it secret.`,
    "To open a file: age -d -i sill-identity.txt 000000.m4s.age > 000000.m4s",
    "Signing in on the page needs the recovery words, not this file.",
    `public key: ${recipient}`,
  ],
  sheet: {
    title: "Sill recovery sheet",
    of: (name: string) => `Belongs to ${name}.`,
    keep: "Keep this paper where you keep passports. Whoever holds it can open all your recordings and sign in as you.",
    words: "Recovery words",
    wordsUse:
      "On a new browser, open the doorbell's page, choose “I have recovery words” and type them in this order.",
    key: "The same key, for the program age",
    without: "Opening recordings without Sill",
    withoutNote:
      "Every recording is a folder of ordinary age files (age-encryption.org). Put the line above into a file key.txt, go into the folder, and:",
    commands: 'for f in init.mp4.age 0*.m4s.age; do\n  age -d -i key.txt "$f"\ndone | cat > recording.mp4',
  },
  certificate: {
    title: "Is this really the doorbell?",
    note: "Your browser's warning shows the fingerprint of a certificate (SHA-256), and so does sill pair on the doorbell. Both must be this one:",
  },
  stranger: {
    title: "This doorbell has an owner",
    note: "This browser has no key for it yet.",
    haveWords: "I have recovery words",
    haveWordsNote: "You belong here already, and this is another browser of yours.",
    ask: "Ask to be let in",
    askNote: "An owner sees your wish on their page and decides.",
  },
  restore: {
    title: "Type your recovery words",
    note: "All 24 in their order. They stay in this browser and are sent nowhere.",
    label: "Recovery words",
    count: (count: number, all: number) => `${count} of ${all} words`,
    unknown: (place: number) => `Word ${place} is not on the list of words: check its spelling.`,
    suggestions: "Words that begin like this",
    nobody: "These words belong to nobody at this doorbell",
    nobodyHint: "They are right as words. Are they for another doorbell, or were you removed from this one?",
    submit: "Sign in",
    busy: "Signing in",
  },
  join: {
    title: "Ask to be let in",
    note: "Your browser makes a key of your own. An owner lets it in; what was recorded before stays closed to it.",
    nameNote: "So that the owner knows who asks.",
    role: "What you want to be here",
    submit: "Ask",
  },
  wait: {
    title: "Waiting for an owner",
    note: "An owner sees your wish under People. Compare this number with theirs, side by side or by voice:",
    label: (check: string) => `Check number ${check.split("").join(" ")}`,
    waiting: "This page goes on by itself when they have decided.",
    cancel: "Do not ask any more",
  },
  out: {
    because: {
      asked: {
        title: "Signed out",
        note: "Your key stays in this browser. Sign in again whenever you like.",
      },
      ended: {
        title: "You are not signed in any more",
        note: "The session of this browser was ended: by somebody in your house, or because it was old.",
      },
      nobody: {
        title: "You do not belong to this doorbell",
        note: "An owner has removed you, or the key in this browser was never let in. Nothing new is sealed to it.",
      },
      refused: {
        title: "An owner said no",
        note: "You were not let in. Talk to them before you ask again here.",
      },
      expired: {
        title: "Nobody answered",
        note: "A wish to be let in lasts a quarter of an hour. Ask again when an owner is at their page.",
      },
    },
    signIn: "Sign in",
    askAgain: "Ask to be let in",
  },
  forget: {
    forget: "Forget this browser's key",
    warning:
      "The key goes for good. You come back with your recovery words only; without them your recordings stay closed for ever.",
    keep: "Keep it",
    sure: "Forget it",
  },
  away: {
    title: "The doorbell cannot be reached",
    note: "Is this device on the home network, and the doorbell on? This page comes back by itself as soon as it answers. While it has power it rings and records all the same.",
    since: (moment: string) => `It answered last: ${moment}.`,
  },
  keepsNothing: {
    title: "This browser keeps nothing",
    note: "Your key has to stay somewhere: in this browser's storage for this page.",
  },
  other: {
    title: "This is another doorbell",
    what: "it does not have the key of the doorbell that this browser was paired with",
    hint: "nothing was signed for it and nothing was sent to it",
    note: "If yours was reset or replaced, forget the old key here and pair again. If it was not, somebody may have put another device in its place: do not go on.",
  },
};
