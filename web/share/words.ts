/**
 * Words of choosing what leaves and signing it, in English; part of words.ts.
 */
export const shareWords = {
  loading: "Looking for the recordings",
  failed: "It could not be loaded",
  retry: "Try again",
  step: (at: number, all: number, name: string) => `Step ${at} of ${all}: ${name}`,
  back: "Back",
  steps: {
    choose: "Choose the seconds",
    to: "Say to whom",
    check: "See what leaves",
    sign: "Sign",
  },

  gone: {
    request: "This request is not here any more",
    requestNote: "It was withdrawn, has run out, or was said no to. Nothing of it left.",
    order: "This court order is not recorded here",
    orderNote: "Record it under Requests first: what leaves for an order names it.",
    clips: "There is no recording to choose from",
    clipsNote: "Nothing was recorded in that time, or it has been deleted since.",
    recording: "This is still being recorded. It can be shared when it has ended.",
  },

  forRequest: (name: string, file: string) => `${name} asks, in its case ${file}.`,
  forOrder: (court: string, file: string) => `For the order ${file} of ${court}.`,
  window: (from: string, to: string) => `From ${from} to ${to}`,
  nothingChosen: "Nothing is chosen yet.",
  recordedAt: (time: string) => `Recorded ${time}`,
  inside: (inside: string, whole: string) =>
    `${whole}, of which ${inside} lie in the time that was asked for`,
  open: "Choose seconds",
  openLabel: (time: string) => `Choose seconds of the recording of ${time}`,
  close: "Done with this one",
  drop: "Take out",
  dropLabel: (time: string) => `Take out what was chosen of ${time}`,
  chosen: (length: string) => `${length} chosen`,
  more: "Add another recording",

  hint: "Play to the moment, then press “Start here” and “End here”, or drag over the pictures.",
  startHere: "Start here",
  endHere: "End here",
  whole: "All of it",
  wholeWindow: "All asked for",
  strip: "The recording in pictures",
  from: "First second",
  to: "Last second",
  edge: (time: string, at: string) => `${time}, ${at} into the recording`,
  span: (from: string, to: string) => `${from} to ${to}`,
  exact: (chosen: string) => `Exactly these ${chosen} leave.`,
  pieces: (leaving: string, chosen: string) =>
    `These ${leaving} leave; you chose ${chosen}: recordings are cut at whole pieces of up to 2 s.`,
  outside: "Hatched: outside the time that was asked for.",

  sum: (clips: number, leaving: string, bytes: string) =>
    `${clips === 1 ? "1 recording" : `${clips} recordings`}, ${leaving}, ${bytes}`,
  excess: {
    pieces: (most: string) =>
      `That is more than fits into one: at most ${most} pieces, some 50 minutes. Choose less.`,
    clips: (most: string) => `That is more than fits into one: at most ${most} recordings. Choose less.`,
    bytes: () => "A piece of it is too large to be sent.",
  },
  toRecipient: "Go on: to whom",
  toCheck: "Go on: see what leaves",
  toSign: "Go on: sign",

  kinds: {
    link: {
      name: "A link",
      can: "Whoever has the link can watch, until it ends. Its key is in the link and nowhere else.",
    },
    neighbour: {
      name: "A neighbour’s key",
      can: "Only who holds that key can watch. You need what they give you: age1...",
    },
    archive: { name: "Your archive", can: "A copy at the place that is set as your archive." },
  },
  noPortal: "Not possible: no portal is set on this doorbell (portal.url).",
  noArchive: "Not possible: no archive is set on this doorbell (archive.to).",
  archiveAt: (to: string) => `To ${to}.`,
  whom: "To whom",
  linkFor: "Who is the link for?",
  linkForNote: "For your own list of what you shared; they see it too.",
  neighbourName: "Who is it?",
  neighbourKey: "Their key",
  neighbourKeyNote:
    "It begins with age1. They make it with age-keygen, keep the other half, and open with that what you share.",
  archiveKey: "The key it is sealed to",
  archiveKeyOwn: "Your own: open it with your key file or recovery sheet",
  courtBy: "How it reaches them",
  courtRecipient: (name: string) => `To ${name}, as the order says.`,
  keyFlaws: {
    empty: "",
    secret: "This is a secret key. Nobody should ever give it to you; ask for the one that begins with age1.",
    wrong: "This is not a whole age key: check that all of it was copied.",
  },
  linkName: (whom: string) => `${whom} (by link)`,
  archiveName: "Own archive",

  preparing: (done: string, all: string) => `Preparing piece ${done} of ${all}`,
  prepared: "Everything that leaves is prepared. Play it: nothing else goes.",
  preview: "Preview of what leaves",
  previewPart: (at: number, all: number) => `Part ${at} of ${all}`,
  play: "Play what leaves",
  pause: "Pause",
  position: "Position in what leaves",
  changed: "A piece is not the one that was chosen any more. Go back and choose again.",
  goesWith: "What leaves",
  facts: {
    to: "To",
    recordings: "Recordings",
    picture: "Picture",
    sound: "Sound",
    letter: "With a letter",
    size: "Size",
    promise: "They promise",
  },
  pictureNote: (size: string) => `${size}, masked as you drew your line when it was recorded`,
  soundNone: "None: this doorbell records none",
  letterNote:
    "The time of each piece, what it is for, your note, and the public keys that prove your signature. Sealed to them.",
  sizeNote: (bytes: string, pieces: string) => `${bytes} in ${pieces} pieces`,
  keep: (days: number) =>
    days === 0
      ? "to delete it at once when it is not needed"
      : `to delete it after ${days === 1 ? "1 day" : `${days} days`}`,
  onwardNobody: "to pass it on to nobody",
  onward: (names: string) => `to pass it on to nobody but: ${names}`,
  promiseNote: "That is their signed word. Neither you nor Sill can enforce it.",
  promiseNone: "Nothing. They can keep it and pass it on.",
  promiseCourt: "Nothing here: the order says what they may do with it.",
  until: "Good until",
  untilLink: "The link works until",
  untilNote: "What has not been delivered by then stays here.",
  untilLinkNote: "Then it is forgotten at the portal. Who has saved it keeps it.",
  days: { hour: "1 hour", day: "1 day", days: (count: number) => `${count} days` },
  note: "A note to them",
  noteNote: "Not needed. Sealed to them, in the letter.",
  left: (count: string) => `${count} characters are left`,

  signTitle: "Sign and send this?",
  signWhat: (leaving: string, clips: string, to: string) => `${leaving} of ${clips} for ${to}.`,
  signMeans:
    "Your key signs a list of exactly these pieces, for this recipient, with an end. The doorbell sends what is on the list and cannot send anything else.",
  clipCount: (clips: number) => (clips === 1 ? "1 recording" : `${clips} recordings`),
  signCooling: (length: string) =>
    `Nothing leaves for ${length} after you have signed. Until then you can cancel, and nobody outside learns of it.`,
  signForGood:
    "What has been delivered cannot be called back. You can ask them to delete it; whether they do is their word.",
  signLedger: "It is written into the ledger of this house, which every member can read.",
  signCourt: "You do this because a court ordered it. It is recorded as such and never counts as consent.",
  sign: "Sign and send",
  signing: "Signing",
  purposeLink: "Shared by link",
  purposeNeighbour: "Shared with a neighbour",
  purposeArchive: "For the owner's own archive",
  purposeCourt: (file: string, court: string) => `Order ${file} of ${court}`,

  share: "Share",
};
