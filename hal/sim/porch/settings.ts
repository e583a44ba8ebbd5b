/**
 * What a porch can be told, and the porch's own calendar.
 *
 * Same settings = same porch: every picture, press and PIR edge follows from these values and
 * the porch time, milliseconds since the porch began.
 */
import type { Trouble, TroubleChoice } from "./trouble/list.ts";

/** plain = callers and deliveries; any = every kind in turn, by the seed. */
export const visitorChoices = ["plain", "close", "slow", "still", "dark", "running", "far", "any"] as const;

export type VisitorChoice = (typeof visitorChoices)[number];
export type VisitorKind = Exclude<VisitorChoice, "any">;

/** What kind of PIR sensor hangs there (pir/README.md). */
export const pirChoices = ["plain", "honest"] as const;

/** How warm it is, for the honest PIR; auto = by the seed and the day. */
export const airChoices = ["auto", "cold", "mild", "hot"] as const;

export interface PorchSettings {
  /** Whole number 0..2^32-1. */
  readonly seed?: number;
  /** auto = a whole day in 20 minutes, beginning in the late morning. */
  readonly light?: "auto" | "day" | "dusk" | "night";
  readonly rain?: "auto" | "off" | "on";
  /** Mean number of visitors in an hour; 0 = nobody comes in, the street goes on. */
  readonly visitorsPerHour?: number;
  /**
   * Who is there at all, for tests: default = everybody; empty = nobody anywhere; street = only
   * cars and walkers beyond the line; garden = only visitors and the cat.
   */
  readonly scene?: "default" | "empty" | "street" | "garden";
  /** What disturbs the picture: one of trouble/list.ts, or several at once; default none. */
  readonly trouble?: TroubleChoice | readonly TroubleChoice[];
  /** How visitors behave; default plain. */
  readonly visitor?: VisitorChoice;
  /** plain (the default) = sees every body that is near; honest = misses and false edges as of a real one. */
  readonly pir?: (typeof pirChoices)[number];
  readonly air?: (typeof airChoices)[number];
  /** Paints the wall clock into the picture (stamp.ts), to measure delays. */
  readonly stamp?: boolean;
  /** Paints a loud pattern over all that the privacy mask must destroy (canary.ts), to hunt for leaks. */
  readonly canary?: boolean;
}

export interface Porchly extends Required<Omit<PorchSettings, "trouble">> {
  /** Without none. */
  readonly trouble: readonly (Trouble | "all")[];
}

export function completeSettings(settings: PorchSettings): Porchly {
  return {
    seed: (settings.seed ?? 1) >>> 0,
    light: settings.light ?? "auto",
    rain: settings.rain ?? "auto",
    visitorsPerHour: settings.visitorsPerHour ?? 40,
    scene: settings.scene ?? "default",
    trouble: [settings.trouble ?? "none"].flat().filter((one) => one !== "none"),
    visitor: settings.visitor ?? "plain",
    pir: settings.pir ?? "plain",
    air: settings.air ?? "auto",
    stamp: settings.stamp ?? false,
    canary: settings.canary ?? false,
  };
}
