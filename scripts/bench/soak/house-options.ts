/**
 * House options: what the bench asks of the house in the guest, as one word of its command line.
 */
export interface HouseOptions {
  readonly minutes: number;
  readonly sampleMinutes: number;
  readonly diskMb: number;
  readonly flags: readonly string[];
  /** Shared with the bench; a file `stop` in it ends the house before its time. */
  readonly folder: string;
  /** Somebody has the page open and watches live, from and to these minutes. */
  readonly watched: readonly (readonly [from: number, to: number])[];
}
