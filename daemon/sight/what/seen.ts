/**
 * Seen: what a detector said of one frame, as the tracks take it.
 */
import type { Label } from "../../../models/labels.ts";
import type { Box } from "./box.ts";

export interface Seen {
  readonly label: Label;
  readonly score: number;
  /** Of each label, where the model says it. */
  readonly shares?: readonly number[];
  readonly box: Box;
  /** Nothing moves there: it says what is there, not where it is. */
  readonly still?: boolean;
  /** False: of all that it shows hardly anything moves. It goes on with a track, and begins none. */
  readonly begins?: boolean;
}

/** One answered question. Times are media time and grow from look to look. */
export interface Look {
  readonly atUs: number;
  readonly seen: readonly Seen[];
  /** Where the picture moved in that frame. */
  readonly moving: readonly Box[];
}
