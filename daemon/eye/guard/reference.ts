/**
 * Reference: where the fixed scene's edges were when the line was confirmed.
 *
 * A few hundred places with a direction each, in zones. No brightness, no colour, no neighbourhood:
 * a dotted sketch of the strongest outlines inside the property line, from which no picture
 * can be made again.
 */
export interface ReferencePoint {
  readonly x: number;
  readonly y: number;
  /** 0..15, see sketch.ts. */
  readonly direction: number;
}

export interface Reference {
  /** Size of the sketch it was made on. */
  readonly cols: number;
  readonly rows: number;
  readonly zones: readonly (readonly ReferencePoint[])[];
  /** How clearly it was seen when it was learnt, and how many pixels had a strong edge. */
  readonly clear: number;
  readonly structure: number;
}
