/** Level of a line over time, as it bounced. */
export interface Waveform {
  readonly title: string;
  /** From the first edge; in order. */
  readonly edges: readonly { readonly atMs: number; readonly active: boolean }[];
}
