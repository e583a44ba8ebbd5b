/**
 * What a porch can be told, and the porch's own calendar.
 *
 * Same settings = same porch: every picture, press and PIR edge follows from these values and
 * the porch time, milliseconds since the porch began.
 */
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
  /** Paints the wall clock into the picture (stamp.ts), to measure delays. */
  readonly stamp?: boolean;
  /** Paints a loud pattern over all that the privacy mask must destroy (canary.ts), to hunt for leaks. */
  readonly canary?: boolean;
}

export type Porchly = Required<PorchSettings>;

export function completeSettings(settings: PorchSettings): Porchly {
  return {
    seed: (settings.seed ?? 1) >>> 0,
    light: settings.light ?? "auto",
    rain: settings.rain ?? "auto",
    visitorsPerHour: settings.visitorsPerHour ?? 40,
    scene: settings.scene ?? "default",
    stamp: settings.stamp ?? false,
    canary: settings.canary ?? false,
  };
}
