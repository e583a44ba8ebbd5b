import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { openReader } from "../../../../daemon/keeper/store/database.ts";
import { Disk } from "../../../../daemon/keeper/store/disk.ts";
import { TimelineReader } from "../../../../daemon/keeper/store/timeline.ts";
import { dataPaths } from "../../../../daemon/wire/paths.ts";
import { tempFolder } from "../temp-folder.ts";
import { eventChange, startWallMs } from "./rows.ts";

const limits = {
  retentionHours: 24,
  ignoredHours: 24,
  granted: [],
  budgetBytes: 1e12,
  minFreeBytes: 0,
  freeBytes: 1e12,
  wantedBytes: 0,
  monoMs: 0,
};

test("a gap that nobody saw the end of was over when the doorbell was last there, and comes back so from the journal", async () => {
  await using folder = await tempFolder();
  const paths = dataPaths(folder.path);
  const gaps = (): unknown => {
    using database = openReader(paths.database);
    return new TimelineReader(database).page({ from: 0, to: 4e12, limit: 9 }).gaps;
  };
  const gap = { id: "gap-0001", reason: "camera", startWallMs, endWallMs: null } as const;
  const disk = new Disk(paths, startWallMs);
  disk.commit([{ type: "gap", gap }]);
  expect(gaps()).toEqual([gap]);
  disk.sweep({ ...limits, wallMs: startWallMs + 60_000 });
  disk.close();
  new Disk(paths, startWallMs + 500_000).close();
  const ended = [{ ...gap, endWallMs: startWallMs + 60_000 }];
  expect(gaps()).toEqual(ended);
  rmSync(paths.database);
  new Disk(paths, startWallMs + 900_000).close();
  expect(gaps()).toEqual(ended);
});

test("gaps that are older than recordings are kept go, those that reach into them stay", async () => {
  await using folder = await tempFolder();
  const paths = dataPaths(folder.path);
  const disk = new Disk(paths, startWallMs);
  const hourMs = 3_600_000;
  const gap = (id: string, endWallMs: number) =>
    ({ type: "gap", gap: { id, reason: "eye", startWallMs, endWallMs } }) as const;
  disk.commit([
    gap("gap-old1", startWallMs + hourMs),
    gap("gap-long", startWallMs + 3 * hourMs),
    eventChange("event-01"),
  ]);
  disk.sweep({ ...limits, wallMs: startWallMs + hourMs });
  disk.sweep({ ...limits, wallMs: startWallMs + 26 * hourMs, monoMs: 25 * hourMs });
  using database = openReader(paths.database);
  const { gaps } = new TimelineReader(database).page({ from: 0, to: 4e12, limit: 9 });
  expect(gaps.map(({ id }) => id)).toEqual(["gap-long"]);
  disk.close();
});
