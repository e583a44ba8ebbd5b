/**
 * Sqlite: the embedded default, one file in the data folder (node:sqlite, write-ahead log, synchronous=FULL).
 *
 * A second process (the command line beside the service) waits for its turn. `alone` is a lock file of its
 * own that SQLite holds, so it ends with the process that holds it.
 */
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Clock } from "../../hal/sensors.ts";
import { Fault, toFault, type FaultKind } from "../../hal/fault.ts";
import { schema } from "./schema.ts";
import { aloneWaitMs, type Row, type Sql, type SqlValue, type Statements } from "./sql.ts";
import { Turns } from "../../daemon/files/turns.ts";

const retryMs = 20;
const maxStatements = 200;

export function openSqlite(folder: string, clock: Clock): Sql {
  const database = open(join(folder, "portal.db"));
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
  for (const statement of schema) database.exec(statement);
  const turns = new Turns();
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known !== undefined) return known;
    if (prepared.size >= maxStatements) prepared.clear();
    const made = database.prepare(text.replaceAll(/\$(\d+)/gu, "?$1"));
    prepared.set(text, made);
    return made;
  };
  const run = (text: string, values: readonly SqlValue[]): Row[] =>
    mapped(() => prepare(text).all(...values) as unknown as Row[]);
  const direct: Statements = { query: async (text, values = []) => run(text, values) };

  return {
    // behind a transaction of others: this connection has one at a time
    query: (text, values = []) => turns.take(async () => run(text, values)),
    transaction: (work) =>
      turns.take(async () => {
        mapped(() => database.exec("BEGIN IMMEDIATE"));
        try {
          const result = await work(direct);
          mapped(() => database.exec("COMMIT"));
          return result;
        } catch (error) {
          if (database.isTransaction) database.exec("ROLLBACK");
          throw error;
        }
      }),
    alone: (name, work) => holding(join(folder, `${name}.lock`), clock, work),
    async [Symbol.asyncDispose]() {
      await turns.take(async () => database.close());
    },
  };
}

async function holding<T>(path: string, clock: Clock, work: () => Promise<T>): Promise<T> {
  const lock = open(path);
  try {
    const startMs = clock.monoMs();
    while (!isTaken(lock)) {
      if (clock.monoMs() - startMs > aloneWaitMs)
        throw new Fault("timeout", "another process of this portal holds the log");
      await new Promise<void>((resolve) => void setTimeout(resolve, retryMs));
    }
    return await work();
  } finally {
    lock.close();
  }
}

function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    const fault = sqliteFault(error);
    if (fault.kind === "unavailable") return false;
    throw fault;
  }
}

function open(path: string): DatabaseSync {
  return mapped(() => new DatabaseSync(path));
}

function mapped<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw sqliteFault(error);
  }
}

/** Primary result codes, https://www.sqlite.org/rescode.html */
const kinds: Readonly<Record<number, FaultKind>> = {
  3: "denied",
  5: "unavailable",
  6: "unavailable",
  8: "denied",
  10: "unavailable",
  11: "corrupt",
  13: "exhausted",
  14: "unavailable",
  26: "corrupt",
};

function sqliteFault(error: unknown): Fault {
  if (error instanceof Error && "errcode" in error && typeof error.errcode === "number") {
    const kind = kinds[error.errcode % 256] ?? "bug";
    return new Fault(kind, `the database: ${error.message}`, { cause: error });
  }
  return toFault(error, "the database");
}
