/**
 * Words for the model that says what moved, in English; part of words.ts.
 */
export const modelWords = {
  label: "What moved",
  unknown: "Not known",
  unknownNote: "The camera's process has not said anything of a model yet.",
  slow: "Slow",
  states: {
    off: "Off",
    loading: "Starting",
    ready: "Ready",
    resting: "Failed",
    refused: "Refused",
  },
  own: "Sill's own model",
  other: (name: string) => `The model “${name}”`,
  look: (ms: string, most: string | null) =>
    most === null ? `${ms} ms a look` : `${ms} ms a look, ${most} ms when it takes long`,
  notAsked: "nothing has moved that it could look at",
  off: "Nobody says what moved: what.model is off. Everything is recorded; who asked for persons is told that something moves.",
  goesOn: {
    off: "",
    loading: "Movement has no name until it is ready.",
    ready: "",
    resting:
      "It is started again by itself, later each time, within five minutes. Movement has no name until then.",
    refused: "Its file is looked at again every five minutes. Movement has no name until then.",
  },
  slowHint: (ms: string) =>
    `A look takes longer than ${ms} ms: who passes quickly may have no name. A smaller model, or more what.threads, helps.`,
  failed: (count: string) =>
    count === "1" ? "It failed once since it was started." : `It failed ${count} times since it was started.`,
  since: (moment: string) => `Since ${moment}.`,
};
