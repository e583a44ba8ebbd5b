/**
 * Postgres: for a portal on several machines. A pool; `alone` is an advisory lock of the session, which ends
 * with it. Safe with the server's default `synchronous_commit = on`.
 */
import { Pool, types, type PoolClient } from "pg";
import { Fault, toFault, type FaultKind } from "../../hal/fault.ts";
import { schema } from "./schema.ts";
import { aloneWaitMs, type Row, type Sql, type SqlValue } from "./sql.ts";
import { Turns } from "../../daemon/files/turns.ts";

const maxConnections = 10;
/** Any number that no other program on the same database uses. */
const lockNumbers = { log: 7_455_316, schema: 7_455_317 } as const;
const int8 = 20;

export async function openPostgres(url: string): Promise<Sql> {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: aloneWaitMs,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === int8 ? Number : types.getTypeParser(oid, format === "binary" ? "binary" : "text"),
    },
  });
  pool.on("error", () => {}); // an idle connection that broke; the next query opens another or says why not
  const run = async (
    to: Pick<PoolClient, "query">,
    text: string,
    values: readonly SqlValue[],
  ): Promise<Row[]> => mapped(async () => (await to.query<Record<string, SqlValue>>(text, [...values])).rows);

  const withClient = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await mapped(() => pool.connect());
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      // what state it is in is not known: it is thrown away
      broken = error instanceof Error ? error : new Error("unknown");
      throw error;
    } finally {
      client.release(broken);
    }
  };
  // one connection waits for the lock, never the whole pool
  const turns = new Turns();
  const sql: Sql = {
    query: (text, values = []) => run(pool, text, values),
    transaction: (work) =>
      withClient(async (client) => {
        await run(client, "BEGIN", []);
        const result = await work({ query: (text, values = []) => run(client, text, values) });
        await run(client, "COMMIT", []);
        return result;
      }),
    alone: (name, work) =>
      turns.take(() =>
        withClient(async (client) => {
          await run(client, "SELECT pg_advisory_lock($1)", [lockNumbers[name]]);
          const result = await work();
          await run(client, "SELECT pg_advisory_unlock($1)", [lockNumbers[name]]);
          return result;
        }),
      ),
    async [Symbol.asyncDispose]() {
      await pool.end();
    },
  };
  try {
    await sql.transaction(async (statements) => {
      // two portals that start at once
      await statements.query("SELECT pg_advisory_xact_lock($1)", [lockNumbers.schema]);
      for (const statement of schema) await statements.query(statement);
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
  return sql;
}

async function mapped<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw postgresFault(error);
  }
}

/** Classes of SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const kinds: Readonly<Record<string, FaultKind>> = {
  "08": "unavailable",
  "28": "denied",
  "3D": "not-found",
  "40": "unavailable",
  "53": "exhausted",
  "55": "unavailable",
  "57": "timeout",
  XX: "corrupt",
};

function postgresFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const kind = /^[0-9A-Z]{5}$/u.test(code) ? (kinds[code.slice(0, 2)] ?? "bug") : null;
  // the message can name the address of the database with its password: it stays in the cause
  if (kind !== null) return new Fault(kind, `the database refuses (${code})`, { cause: error });
  const fault = toFault(error);
  const known = fault.kind === "bug" ? "unavailable" : fault.kind;
  return new Fault(known, "the database cannot be reached", { cause: error });
}
