/**
 * Rows: sets of pixels in one row, as ascending, disjoint [from, to) pairs laid out flat.
 */
export type Row = readonly number[];

/** Sorts, joins what touches or overlaps. */
export function rowOf(spans: readonly (readonly [from: number, to: number])[]): Row {
  const row: number[] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = row.at(-1);
    if (last !== undefined && from <= last) row[row.length - 1] = Math.max(last, to);
    else row.push(from, to);
  }
  return row;
}

export function spansOf(row: Row): [from: number, to: number][] {
  const spans: [number, number][] = [];
  for (let i = 0; i < row.length; i += 2) spans.push([row[i] ?? 0, row[i + 1] ?? 0]);
  return spans;
}

export function union(a: Row, b: Row): Row {
  return rowOf([...spansOf(a), ...spansOf(b)]);
}

/** What is in `a` and not in `b`. */
export function subtract(a: Row, b: Row): Row {
  const row: number[] = [];
  for (const [start, end] of spansOf(a)) {
    let from = start;
    for (const [cutFrom, cutTo] of spansOf(b)) {
      if (cutTo <= from || cutFrom >= end) continue;
      if (cutFrom > from) row.push(from, cutFrom);
      from = cutTo;
    }
    if (from < end) row.push(from, end);
  }
  return row;
}

export function intersect(a: Row, b: Row): Row {
  return subtract(a, subtract(a, b));
}

/**
 * Chroma of two luma rows: a chroma sample is an average over 2x2 luma pixels, so it may stay only
 * where all of them may. `width` is the luma width; an odd last column stands alone.
 */
export function halve(row: Row, width: number): Row {
  return rowOf(
    spansOf(row)
      .map(
        ([from, to]) => [Math.ceil(from / 2), to === width ? Math.ceil(to / 2) : Math.floor(to / 2)] as const,
      )
      .filter(([from, to]) => from < to),
  );
}
