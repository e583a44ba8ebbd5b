/**
 * Words of privacy now.
 */
export const privacyWords = {
  title: "Privacy now",
  close: "Close the camera",
  closeHint: "At once, until you open it. The bell goes on.",
  open: "Open the camera",
  closed: "The camera sees nothing",
  somebody: "Somebody",
  broker: "The house's other systems (MQTT)",
  by: (who: string, since: string) => `${who} closed it ${since}`,
  at: (time: string) => `at ${time}`,
  untilOpened: "until it is opened",
  until: (time: string) => `until ${time}`,
  waitsForClock:
    "The doorbell was started anew: it stays closed until its clock is right again, or somebody opens it.",
  unknown: "The doorbell cannot read whether it may look, so it does not.",
  ring: "The bell rings and tells you as ever; nothing is shown, recorded or noticed.",
  notYours: { owner: "An owner can open it.", member: "Whoever lives here can open it.", broker: "" },
  openAgain: "Opens by itself",
  never: "Not by itself",
  minutes: (minutes: number) => (minutes < 60 ? `In ${minutes} min` : `In ${minutes / 60} h`),
};
