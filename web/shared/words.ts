/**
 * Words of what was shared, and of posts on the board, in English; part of words.ts.
 */
import type { GrantState } from "../../daemon/wire/api-consent.ts";

interface StateWords {
  readonly name: string;
  readonly note: string;
}

const states: Readonly<Record<GrantState, StateWords>> = {
  ready: {
    name: "Not sent yet",
    note: "It is signed. Until the time is over it can be cancelled, and nobody outside learns of it.",
  },
  sending: { name: "Being sent", note: "The doorbell asks before every piece whether it may still leave." },
  delivered: { name: "Delivered", note: "All of it has arrived. It cannot be called back." },
  receipted: {
    name: "Receipt signed",
    note: "They have signed what they received, and until when they keep it.",
  },
  closed: { name: "Done", note: "All of it has arrived. Nothing more leaves for this." },
  cancelled: { name: "Cancelled", note: "Nothing left, and nobody outside learned of it." },
  revoked: { name: "Stopped", note: "Nothing more leaves for this." },
  expired: { name: "Run out", note: "Its time is over. Nothing more leaves for this." },
  suspended: {
    name: "Waits for an owner",
    note: "Something changed since it was signed, so nothing leaves until an owner says that it may go on.",
  },
  failed: {
    name: "Could not be delivered",
    note: "Nothing more leaves for this. To try again, choose and sign anew.",
  },
  "deletion-asked": {
    name: "Asked to delete",
    note: "Your signed request to delete is on its way. Whether they do is their word.",
  },
  deleted: {
    name: "Deleted, they say",
    note: "They have signed that they deleted it. Nobody can check that.",
  },
  kept: { name: "They keep it", note: "They have signed that they keep it, and on what ground." },
  unanswered: {
    name: "No answer",
    note: "They were asked to delete it and have not answered. It stands in the ledger.",
  },
};

export const sharedWords = {
  states,
  empty: "Nothing has been shared",
  emptyNote:
    "What leaves this doorbell is listed here for everybody in the house, for as long as the doorbell exists.",
  loading: "Looking for what was shared",
  filter: "Which of them to show",
  filters: { all: "All", running: "Under way", arrived: "Delivered", stopped: "Stopped" },
  nothingHere: "None of these.",
  kinds: {
    request: "For a request",
    "court-order": "By court order",
    archive: "To the archive",
    neighbour: "With a neighbour",
    link: "By link",
    board: "On the board",
  },
  to: (name: string) => `To ${name}`,
  by: (name: string, time: string) => `By ${name}, ${time}`,
  signedBy: (name: string, time: string) => `Signed by ${name}, ${time}`,
  what: (clips: string, length: string, bytes: string) => `${clips}, ${length}, ${bytes}`,
  postWhat: "A post, no recording",
  open: (name: string) => `Open: ${name}`,
  readOnly: "Everybody in the house sees this; an owner decides.",

  archive: "Your archive",
  archiveNone:
    "No archive is set. Set archive.to to the address of a tus server or to file:///folder, and start again.",
  archiveTo: (to: string) =>
    `Copies go to ${to}. Each is a decision of its own: play a recording and choose “Share”.`,
  write: "Write on the neighbours’ board",
  noPortal: "For links, neighbours and the board a portal must be set (portal.url).",

  missing: "This is not known here",
  missingNote: "It may be from another doorbell.",
  countdown: (left: string) => `Nothing leaves for another ${left}.`,
  countdownOver: "It is about to leave.",
  cancel: "Cancel it",
  progress: (sent: string, all: string) => `${sent} of ${all} sent`,
  facts: {
    to: "To",
    purpose: "For",
    recordings: "Recordings",
    size: "Size",
    signed: "Signed",
    until: "Good until",
    delivered: "Arrived",
    receipt: "Their receipt",
    deletion: "Deletion",
    where: "Where",
  },
  pieces: (time: string, length: string, count: string) => `${time} (${length}, ${count} pieces)`,
  deletedClip: "a recording that is not here any more",
  receipt: (time: string, keep: string) => `Received ${time}. They promise to delete it by ${keep}`,
  onwardNobody: "and to pass it on to nobody.",
  onward: (names: string) => `and to pass it on to nobody but: ${names}.`,
  promiseNote: "That is their signed word. Neither you nor Sill can enforce it.",
  noReceipt: "Not signed yet.",
  look: "Look for it now",
  looked: "The doorbell looks for it at the dock.",

  stop: "Stop it",
  stopTitle: "Stop it?",
  stopNote:
    "Nothing more leaves. The dock is told to forget what has arrived so far. It cannot be started again: choose and sign anew.",
  takeBack: "Take it back",
  stopShareNote:
    "The portal is told to forget it, and the link leads nowhere. Who has watched or saved it keeps what they have.",
  stopDo: "Sign the revocation",
  keep: "Leave it",
  resume: "Let it go on",
  resumeNote: "Look at what it says above. If it is all right, it goes on where it was.",
  ask: "Ask them to delete it",
  askTitle: "Ask them to delete it?",
  askNote:
    "What was delivered cannot be called back. This sends them your signed request; they answer with a signed word: deleted, or kept, and on what ground. Nobody can check that.",
  askReason: "Why, for them to read (not needed)",
  askDo: "Sign and ask",
  asked: (time: string) => `Asked ${time}.`,
  noAnswer: "No answer yet.",
  answers: { deleted: "They answered: deleted.", kept: "They answered: kept." },
  basis: (text: string) => `On this ground: ${text}`,

  link: "Your link",
  linkNote:
    "Shown until you close this page, and never again: its key is in the link and nowhere else. Give it to the person it is for, and to nobody else.",
  linkEnds: (time: string) => `It works from when everything has arrived until ${time}.`,
  copy: "Copy the link",
  copied: "Copied",
  copyFailed: "It could not be copied. Select and copy it by hand.",
  qr: "The link as a picture, for a telephone’s camera",
  linkGone:
    "The link was shown when it was made and is not kept anywhere. To give out another one, share it anew.",
  where: (address: string) => `${address} - it opens with the key of who it is for.`,

  post: {
    why: "Neighbours, and agencies like anybody else, can read it. Somebody at the portal may remove it. It is signed with a key of yours that is used for nothing else and leads to no doorbell.",
    none: "No portal is set on this doorbell (portal.url), so there is no board to write on.",
    title: "Title",
    text: "What you want to say",
    textNote: "No names, no faces in words, no accusations: say what happened and when.",
    nearName: "Name of the neighbourhood, as people there say it",
    near: "Roughly where",
    nearFrom: (lat: string, lon: string) =>
      `From your house's place, made coarse: about a kilometre around ${lat}, ${lon}. Not the place itself.`,
    nearNone: "This doorbell does not know where it is. Say it in hundredths of a degree, no finer.",
    lat: "North (south: below zero)",
    lon: "East (west: below zero)",
    coarseAs: (lat: string, lon: string) => `What is published: ${lat}, ${lon}, about a kilometre around.`,
    boardName: (host: string) => `Neighbours' board at ${host}`,
    purpose: "A post on the neighbours' board",
    coarse: "It is rounded to whole hundredths of a degree, about a kilometre.",
    days: "Ends after",
    daysOf: (days: number) => (days === 1 ? "1 day" : `${days} days`),
    share: "With a recording",
    shareNone: "None",
    shareOther: "A link that you paste",
    shareHere: (name: string) => `The link made just now: ${name}`,
    shareLabel: "The link",
    shareNote: "Everybody who reads the board can then watch it, until the link ends.",
    shareWrong: "This is no link that was made here: it has /s/ and a key behind the #.",
    sign: "Sign and send",
    signing: "Signing",
    cooling: (length: string) => `It can be cancelled for ${length} after you have signed.`,
  },
};
