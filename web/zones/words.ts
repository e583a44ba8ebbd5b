/**
 * Words of the page where motion zones are drawn, in English; part of words.ts.
 */
export const zonesWords = {
  loading: "Asking the doorbell",
  failed: "The zones could not be loaded",
  retry: "Try again",
  waiting: "Waiting for the live picture",
  masked:
    "Everything is masked, so there is nothing to draw on. An owner has to draw the property line first.",
  newPicture: "Newer picture",
  stage: "The masked picture, with the motion zones on it",
  add: "Add a motion zone",
  everywhere: "No zones: movement counts everywhere inside the property line.",
  list: "Zones",
  name: "Name",
  sensitivity: "Sensitivity",
  asSet: "As set for the doorbell",
  own: "Its own",
  level: (value: number) =>
    value === 0
      ? "0: never"
      : value < 35
        ? `${value}: only much movement`
        : value <= 65
          ? `${value}: medium`
          : `${value}: little movement is enough`,
  fuse: "Motion sensor and picture",
  fuseOf: (name: string) => `Motion sensor and picture, ${name}`,
  fuses: {
    picture: "Picture only",
    either: "Either one is enough",
    both: "Both must see it",
    "pir-wakes-picture": "Sensor makes the picture more watchful",
    "picture-vetoes-pir": "Sensor counts unless the picture is still",
  },
  fuseHint: "Where the motion sensor cannot see, choose the picture only.",
  what: {
    title: "What happens there",
    whole: "In the whole picture",
    wholeNote:
      "Alert: who chose it on the page Alerts is told. Record: it is recorded and listed, nobody is told. Ignore: nobody is told, home systems hear that something moves, and not what; where nothing else is in it, the event is hidden in the lists and kept for less time. What the doorbell cannot name is always told, and so are rings and parcels.",
    asWhole: "As in the whole picture",
    of: (label: string, where: string) => `${label}, ${where}`,
    labels: { person: "Person", vehicle: "Vehicle", animal: "Animal", other: "Nothing that matters" },
    actions: { alert: "Alert", record: "Record", ignore: "Ignore" },
  },
  remove: (name: string) => `Remove ${name}`,
  nameMissing: "Every zone needs a name.",
  nameTwice: (name: string) => `Two zones are called "${name}".`,
  full: "There can be 16 zones at most.",
  save: "Save the zones",
  saved: "Saved. They count from now on.",
  saveFailed: (why: string) => `The zones were not saved: ${why}`,
  calibrate: "Try sensitivities on what happens now and happened last week",
  unchanged: "Nothing has changed.",
};
