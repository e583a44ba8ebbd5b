/**
 * Troubles: what makes a camera see motion that is none, or miss one that is. One scene for each.
 */
export const troubles = [
  "wind",
  "snow",
  "insects",
  "web",
  "headlights",
  "lamp",
  "clouds",
  "exposure",
  "infrared",
  "noise",
  "shake",
  "stutter",
  "parked",
] as const;

export type Trouble = (typeof troubles)[number];

/** What `sim.trouble` may be; all = one after the other over the porch's days (program.ts). */
export const troubleChoices = ["none", ...troubles, "all"] as const;

export type TroubleChoice = (typeof troubleChoices)[number];

/** Strength of each, 0..1. */
export type Strengths = Readonly<Record<Trouble, number>>;

export const calm: Strengths = {
  wind: 0,
  snow: 0,
  insects: 0,
  web: 0,
  headlights: 0,
  lamp: 0,
  clouds: 0,
  exposure: 0,
  infrared: 0,
  noise: 0,
  shake: 0,
  stutter: 0,
  parked: 0,
};
