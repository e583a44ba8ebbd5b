/**
 * Open: the store that the settings name.
 */
import type { Clock } from "../../hal/sensors.ts";
import { openPostgres } from "../sql/postgres.ts";
import { openSqlite } from "../sql/sqlite.ts";
import type { Sql } from "../sql/sql.ts";
import { parcelsIn } from "./parcels.ts";
import { postsIn } from "./posts.ts";
import { registryIn } from "./registry.ts";
import type { Store } from "./store.ts";

export async function openStore(options: {
  /** Folder for SQLite. */
  readonly data: string;
  /** PostgreSQL; empty = SQLite. */
  readonly url: string;
  readonly clock: Clock;
}): Promise<Store> {
  return storeOn(
    options.url === "" ? openSqlite(options.data, options.clock) : await openPostgres(options.url),
  );
}

export function storeOn(sql: Sql): Store {
  return {
    registry: registryIn(sql),
    parcels: parcelsIn(sql),
    posts: postsIn(sql),
    alone: (work) => sql.alone("log", work),
    [Symbol.asyncDispose]: () => sql[Symbol.asyncDispose](),
  };
}
