/**
 * The index for questions from the command line: read-only, with the daemon running or not.
 *
 * A data folder without an index is nothing to be sorry about before the first run, so the Fault
 * says how to get one. An index of a newer Sill is refused rather than misread.
 */
import { existsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { Settings } from "../../config/schema.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import { openReader } from "../keeper/store/database.ts";
import { Reader } from "../keeper/store/reader.ts";
import { migrations, versionOf } from "../keeper/store/schema.ts";
import { withSqlite } from "../keeper/store/sqlite-faults.ts";
import { dataPaths, type DataPaths } from "../wire/paths.ts";

export interface Index extends Disposable {
  readonly reader: Reader;
  readonly paths: DataPaths;
  /** Newest first. */
  readonly clipIds: (limit: number) => string[];
}

export function openIndex({ data }: Settings): Index {
  const paths = dataPaths(data);
  if (!existsSync(paths.database)) {
    throw new Fault("not-found", `no recordings in the data folder ${data}`, {
      hint: "sill run   (starts the doorbell; --data FOLDER looks elsewhere)",
    });
  }
  const database = openReader(paths.database);
  try {
    return withSqlite(() => indexOf(database, paths));
  } catch (error) {
    database.close();
    throw damaged(toFault(error), paths);
  }
}

function damaged(fault: Fault, { database }: DataPaths): Fault {
  if (fault.kind !== "corrupt") return fault;
  return new Fault("corrupt", `${database} is damaged (${fault.message})`, {
    hint: "sill run   (puts it aside and makes it again from the clips and the journal)",
    cause: fault,
  });
}

function indexOf(database: DatabaseSync, paths: DataPaths): Index {
  const version = versionOf(database);
  if (version !== migrations.length) {
    throw new Fault(
      "invalid",
      `the index has version ${version}; this Sill reads version ${migrations.length}`,
      {
        hint:
          version < migrations.length
            ? "sill run   (brings the index up to date)"
            : "use the Sill that runs on this data folder",
      },
    );
  }
  const newest = database.prepare(
    "SELECT id FROM clips WHERE deleting = 0 ORDER BY start_wall_ms DESC, id DESC LIMIT ?",
  );
  return {
    reader: new Reader(database),
    paths,
    clipIds: (limit) => withSqlite(() => newest.all(limit)).map((row) => String(row.id)),
    [Symbol.dispose]: () => database.close(),
  };
}
