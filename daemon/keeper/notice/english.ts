/** The notice in English. */
import type { NoticeWords } from "./words.ts";

export const english: NoticeWords = {
  language: "en",
  name: "English",
  title: "Video doorbell",
  lead: "Beyond its line, this camera sees nothing.",
  simulated: "This doorbell is a simulation for trying things out. There is no camera.",
  controller: "Responsible",
  contact: "Contact",
  purpose: "Purpose",
  retention: "Kept for",
  atMost: (hours) => `at most ${hours % 24 === 0 ? count(hours / 24, "day") : count(hours, "hour")}`,
  notSaid: "not stated here; please ask at the door",
  view: {
    title: "What the camera sees",
    seen: "seen",
    hidden: "destroyed, never recorded",
    nothing: "No line is drawn at the moment, so nothing at all is seen.",
    spoken:
      "Drawing of the camera's picture: the part inside the line is light, everything that is destroyed is dark.",
  },
  promises: {
    title: "What it does and does not do",
    line: "Only what lies inside the line is filmed. Everything beyond it is destroyed in the camera before anything is shown, recorded or analysed.",
    when: "It records when somebody rings or moves inside the line. People of the house can also watch live.",
    sound: "No sound is recorded.",
    soundHeard: "No sound is recorded. Who answers hears it.",
    faces: "No face recognition.",
    sealed:
      "Recordings are encrypted as they are made. Only people chosen by the owner hold a key; the doorbell itself has none.",
    place: "Recordings are kept on the doorbell itself, not in a cloud.",
    placeGiven: "Recordings stay on the doorbell. Another system of the owner gets pictures.",
  },
  rights: {
    title: "Your rights",
    short:
      "You can ask to see recordings that show you (access), to have them deleted (erasure), or not to be filmed (objection). Say when you were here: nobody is identified automatically.",
    access: "Access: ask to see recordings that show you.",
    erasure: "Erasure: ask for them to be deleted.",
    objection: "Objection: object to being filmed, for reasons of your own situation.",
    how: "Ask the one who is responsible, and say when you were here: nobody is identified automatically. Which rights you have depends on the law of this place.",
    authority: "If the answer does not satisfy you, you can turn to the data protection authority.",
  },
  scan: "More: scan this",
  toSign: "The same as a sign to print",
  owner: {
    title: "Sign for passers-by",
    print:
      "Print this page, or save it as a PDF, with your browser's print command. Only the sheet is printed.",
    paper: "Paper",
    inLanguage: "Language",
    both: "Both",
    toPage: "The page that the code opens",
    missing: "Still missing on this sign",
    gaps: {
      controller: "Who is responsible: the setting notice.controller. The sheet has a line to write on.",
      contact: "How to reach them: the setting notice.contact. The sheet has a line to write on.",
      purpose: "What the camera is for: the setting notice.purpose. The sheet has a line to write on.",
      line: "The property line: draw it on the doorbell's page. Until then nothing is seen, and the drawing says so.",
      address:
        "An address for the code: set notice.url to an https:// address, or open this page under the doorbell's address on your network.",
    },
    complete: "Nothing is missing on this sign.",
    law: "A help, not legal advice: which words a sign must have depends on the law of your place.",
  },
};

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
