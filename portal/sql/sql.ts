/**
 * Sql: the little of a database that the portal needs, the same for SQLite and PostgreSQL.
 *
 * Statements are the common part of both dialects with parameters $1, $2, ...; numbers come back as numbers.
 * A promise that resolves means committed and durable. Throws Fault `unavailable` (locked, gone),
 * `exhausted` (disk full), `corrupt`, `bug` (a statement that is wrong).
 */
export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** Statements that belong together, or alone. */
export interface Statements {
  query(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
}

export interface Sql extends Statements, AsyncDisposable {
  /** All or nothing; `work` must only use what it is given. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  /**
   * Nobody else who uses this database, in this or another process, is inside `work` of the same name at
   * the same time. Waits; throws Fault `timeout` after half a minute.
   */
  alone<T>(name: "log", work: () => Promise<T>): Promise<T>;
}

export const aloneWaitMs = 30_000;

export function textAt(row: Row | undefined, column: string): string {
  return String(row?.[column] ?? "");
}

export function numberAt(row: Row | undefined, column: string): number {
  return Number(row?.[column] ?? 0);
}

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column] ?? null;
  return value === null ? null : Number(value);
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column] ?? null;
  return value === null ? null : String(value);
}
