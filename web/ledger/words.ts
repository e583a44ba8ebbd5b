/**
 * Words of the ledger: was the record of this house checked, and what if it does not hold; part of words.ts.
 */
export const ledgerWords = {
  checked: (entries: string, time: string) => `Checked: ${entries} entries, up to ${time}`,
  checking: "Checking the record",
  unchecked: "Not checked yet",
  failed: "It could not be checked just now:",
  more: "What was checked, and how others can",
  how: "Every entry is signed by the doorbell in an order that cannot be changed. This browser remembers how far it went and makes sure at every visit that nothing was taken out or changed since. Who wants to be surer saves the whole record and checks it on any computer, with sill ledger verify or with the little program that comes along.",
  key: "The doorbell's key:",
  export: "Save the whole record",
  save: "Save the evidence",
  acknowledge: "I have seen this",
  alarm: {
    unsigned: {
      title: "The record of this house is not signed by your doorbell",
      means: "What answers here does not hold the key that this browser was paired with.",
    },
    shorter: {
      title: "The record of this house was set back",
      means:
        "It has fewer entries than this browser has seen. An old copy of the doorbell's card was put back, or entries were taken out.",
    },
    changed: {
      title: "The record of this house was changed",
      means:
        "It is not the one that this browser has seen, with entries added. Something that was on record is not any more.",
    },
  },
  alarmWhat:
    "Who watched, who was let in and what was given out since then may be missing. Ask the others of the house whether somebody restored a backup; if nobody did, somebody had the doorbell in their hands. Save the evidence first.",
  alarmSeen: (time: string) => `Noticed ${time}.`,
  alarmBefore: (entries: string, time: string) => `Last found right: ${entries} entries, ${time}.`,
};
