/**
 * Asked: options of the command line that only some groups know.
 */
export interface Asked {
  /** sight: install the systems to compare with. */
  readonly peers?: boolean | undefined;
  /** sight, soak: also what takes many minutes. */
  readonly long?: boolean | undefined;
  /** sight: a folder of clips with labels. */
  readonly footage?: string | undefined;
}
