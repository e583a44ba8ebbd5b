/**
 * Keys: moving through the list of events without a mouse.
 *
 * Arrow keys go from row to row, Home and End to the ends, Delete deletes; Enter plays because
 * rows are buttons. Works on the rows that are drawn, which always include the neighbours of the
 * one that has the keyboard.
 */
const stepOf: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** Index to go to; null: the key means nothing here. */
export function nextIndex(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = stepOf[key];
  return step === undefined ? null : Math.min(count - 1, Math.max(0, index + step));
}

/** Selectors of a row and of the button in it that opens it. */
export interface RowMarks {
  readonly row: string;
  readonly open: string;
}

const eventRows: RowMarks = { row: ".row", open: ".row-open" };

function rowsOf(list: HTMLElement, { open }: RowMarks): HTMLButtonElement[] {
  return [...list.querySelectorAll<HTMLButtonElement>(open)];
}

export function moveOnKey(list: HTMLElement, event: KeyboardEvent, marks: RowMarks = eventRows): void {
  const rows = rowsOf(list, marks);
  const from = document.activeElement?.closest(marks.row)?.querySelector(marks.open);
  const to = nextIndex(
    event.key,
    rows.findIndex((row) => row === from),
    rows.length,
  );
  const row = to === null ? undefined : rows[to];
  if (row === undefined || from == null) return;
  event.preventDefault();
  row.focus();
}

/** The row to go to when the focused one is about to disappear. */
export function neighbour(list: HTMLElement, id: string): HTMLButtonElement | null {
  const rows = rowsOf(list, eventRows);
  const at = rows.findIndex((row) => row.closest(".row")?.getAttribute("data-event") === id);
  return rows[at + 1] ?? rows[at - 1] ?? null;
}
