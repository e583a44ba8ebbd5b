import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openDatabase } from "../../../../daemon/keeper/store/database.ts";
import { Reader } from "../../../../daemon/keeper/store/reader.ts";
import { migrate, migrations, versionOf } from "../../../../daemon/keeper/store/schema.ts";
import { sqliteFault, withSqlite } from "../../../../daemon/keeper/store/sqlite-faults.ts";
import { Fault } from "../../../../hal/fault.ts";
import { tempFolder } from "../temp-folder.ts";

/** One row of each table at version n, by which migration n + 1 is tested. */
const rowsAtVersion: readonly string[] = [
  "",
  `INSERT INTO events VALUES (1, 'event-01', 'ring', 'closed', 5, 6, 0, '[]', 'clip-001');
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');`,
  `INSERT INTO events VALUES (1, 'event-01', 'ring', 'closed', 5, 6, 0, '[]', 'clip-001', 'good');
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');`,
  `INSERT INTO events VALUES (1, 'event-01', 'ring', 'closed', 5, 6, 0, '[]', 'clip-001', 'good', 'both', 1);
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');`,
  `INSERT INTO events VALUES (1, 'event-01', 'ring', 'closed', 5, 6, 0, '[]', 'clip-001', 'good', 'both', 1);
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');
   INSERT INTO gaps VALUES ('gap-0001', 'camera', 5, NULL);`,
  `INSERT INTO events VALUES (1, 'event-01', 'ring', 'closed', 5, 6, 0, '[]', 'clip-001', 'good', 'both', 1,
     '["person"]', '[0.9]', '["crossed"]', 'animal');
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');
   INSERT INTO gaps VALUES ('gap-0001', 'camera', 5, NULL);`,
  `INSERT INTO events VALUES (1, 'event-01', 'ring', 'closed', 5, 6, 0, '[]', 'clip-001', 'good', 'both', 1,
     '["person"]', '[0.9]', '["crossed"]', 'animal', '[{"label":"person","score":0.9}]');
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');
   INSERT INTO gaps VALUES ('gap-0001', 'camera', 5, NULL);`,
  `INSERT INTO events VALUES (1, 'event-01', 'motion', 'closed', 5, 6, 0, '[]', 'clip-001', NULL, 'both', 1,
     '["animal"]', '[0.9]', '[]', NULL, '[]', 1, 'person');
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');
   INSERT INTO gaps VALUES ('gap-0001', 'camera', 5, NULL);`,
  `INSERT INTO events VALUES (1, 'event-01', 'motion', 'closed', 5, 6, 0, '[]', 'clip-001', NULL, 'both', 1,
     '["animal"]', '[0.9]', '[]', NULL, '[]', 1, 'person', 'moved');
   INSERT INTO clips VALUES (1, 'clip-001', 'complete', 5, 'avc1', 2, 2, 1, 100, 200, 0);
   INSERT INTO fragments VALUES (1, 0, 0, 100, 200, x'00');
   INSERT INTO clip_events VALUES ('clip-001', 'event-01');
   INSERT INTO gaps VALUES ('gap-0001', 'camera', 5, NULL);`,
];

test("every migration keeps the rows of the version before it", () => {
  for (let version = 1; version <= migrations.length; version += 1) {
    const database = new DatabaseSync(":memory:");
    migrate(database, migrations.slice(0, version - 1));
    database.exec(rowsAtVersion[version - 1] ?? "");
    migrate(database, migrations.slice(0, version));
    expect(versionOf(database)).toBe(version);
    const { rows } = database.prepare("SELECT count(*) AS rows FROM events").get() ?? {};
    expect(rows).toBe(version === 1 ? 0 : 1);
  }
  expect(rowsAtVersion).toHaveLength(migrations.length + 1);
});

test("an event of the version before ignored ones is not ignored, and nothing spares it", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database, migrations.slice(0, 6));
  database.exec(rowsAtVersion[6] ?? "");
  migrate(database);
  expect(new Reader(database).event("event-01")).toMatchObject({
    corrected: "animal",
    ignored: false,
    spared: null,
  });
});

test("a migration that is to come finds the rows of today, and one that fails leaves them alone", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database);
  database.exec(rowsAtVersion.at(-1) ?? "");
  expect(() =>
    migrate(database, [...migrations, "ALTER TABLE events ADD x INTEGER; SELECT nonsense"]),
  ).toThrow();
  expect(versionOf(database)).toBe(migrations.length);
  migrate(database, [...migrations, "ALTER TABLE events ADD x INTEGER NOT NULL DEFAULT 7"]);
  expect(database.prepare("SELECT id, x FROM events").get()).toEqual({ id: "event-01", x: 7 });
});

test.each([
  ["no database at all", (path: string) => writeFileSync(path, "something else, long enough to look at")],
  ["cut in the middle", (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2) - 100)],
  ["pages overwritten", (path: string) => writeFileSync(path, Buffer.alloc(8_192, 0x55), { flag: "r+" })],
  [
    "written by a newer Sill",
    (path: string) => {
      const database = new DatabaseSync(path);
      database.exec("PRAGMA user_version = 99");
      database.close();
    },
  ],
])("an index that is %s is moved aside and kept", async (_name, damage) => {
  await using folder = await tempFolder();
  const path = join(folder.path, "sill.db");
  openDatabase(path, 1).database.close();
  damage(path);
  const { database, movedTo } = openDatabase(path, 1_000);
  expect(movedTo).toBe("sill.db.aside-1000");
  expect(versionOf(database)).toBe(migrations.length);
  database.close();
  expect(readdirSync(folder.path)).toContain("sill.db.aside-1000");
});

test("a WAL without its database is moved aside, never replayed into an empty one", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "sill.db");
  writeFileSync(`${path}-wal`, Buffer.alloc(5_000, 1));
  const { database, movedTo } = openDatabase(path, 7);
  database.close();
  expect(movedTo).toBe("sill.db.aside-7");
  expect(readdirSync(folder.path)).toContain("sill.db.aside-7-wal");
});

test("of the indexes moved aside the newest three are kept", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "sill.db");
  for (const wallMs of [8, 9, 10, 11, 12]) {
    writeFileSync(path, "not an index, but long enough");
    openDatabase(path, wallMs).database.close();
  }
  const aside = readdirSync(folder.path).filter((name) => name.includes("aside"));
  expect(aside.sort()).toEqual(["sill.db.aside-10", "sill.db.aside-11", "sill.db.aside-12"]);
});

test.each([
  ["SELECT nothing FROM nowhere", "bug"],
  ["INSERT INTO events VALUES (1, 'a', 'ring', 'flying', 1, 1, 0, '[]', NULL)", "bug"],
])("SQLite refusing %s is a %s", (sql, kind) => {
  const database = new DatabaseSync(":memory:");
  migrate(database);
  expect(() => withSqlite(() => database.exec(sql))).toThrow(expect.objectContaining({ kind }));
});

test.each([
  [13, "exhausted"],
  [778, "exhausted"],
  [5, "unavailable"],
  [261, "unavailable"],
  [11, "corrupt"],
  [26, "corrupt"],
  [8, "denied"],
  [14, "unavailable"],
  [2067, "bug"],
  [9_999, "bug"],
])("SQLite's code %i is %s", (errcode, kind) => {
  const fault = sqliteFault(Object.assign(new Error("words"), { errcode }));
  expect(fault).toBeInstanceOf(Fault);
  expect(fault.kind).toBe(kind);
});
