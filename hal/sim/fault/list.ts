/**
 * Faults that a simulated doorbell can have, one at a time, to see what the self-test and everybody else make of
 * them. `sim.fault` names one.
 */
export const pictureFaults = [
  "frozen",
  "defocused",
  "covered",
  "dark",
  "blown-out",
  "grey",
  "flapping",
  "unswitched",
  "moved",
] as const;

export const paceFaults = ["slow", "jittery", "dropping"] as const;

export const simFaults = [
  "none",
  ...pictureFaults,
  ...paceFaults,
  "small",
  "unplugged",
  "button-bounces",
  "button-stuck",
  "button-inverted",
  "pir-stuck",
  "pir-dead",
  "pir-restless",
  "pir-inverted",
  "chime-silent",
  "light-broken",
] as const;

export type SimFault = (typeof simFaults)[number];
export type PictureFault = (typeof pictureFaults)[number];
export type PaceFault = (typeof paceFaults)[number];

export function isPictureFault(fault: SimFault): fault is PictureFault {
  return (pictureFaults as readonly string[]).includes(fault);
}
