/**
 * Check, asked: what whoever names a file wrote where there is no manifest yet, so that a refusal speaks of that.
 */
export interface Asked {
  /** "yolox": --like. */
  readonly family: string;
  /** Where the labels come from: "--labels", "COCO". */
  readonly labelsOf: string;
}
