/**
 * Text tables: columns aligned by the widest cell, no trailing blanks, no colour.
 */

/** A name and what is said of it, in a table of two columns. */
export type Fact = readonly [name: string, words: string];

export interface TableOptions {
  /** Blanks between columns. */
  readonly gap?: number;
  /** Columns (from 0) that are aligned to the right: numbers. */
  readonly right?: readonly number[];
}

export function textTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string[] {
  const { gap = 2, right = [] } = options;
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}

/** The name once, its lines below one another; "-" where there is none. */
export function namedLines(name: string, lines: readonly string[]): Fact[] {
  const said = lines.length === 0 ? ["-"] : lines;
  return said.map((line, at) => [at === 0 ? name : "", line]);
}
