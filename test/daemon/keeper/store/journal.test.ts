import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dayOfLine, eventLine, Journal } from "../../../../daemon/keeper/store/journal.ts";
import { tempFolder } from "../temp-folder.ts";
import { event } from "./rows.ts";

const day = "2026-01-31";

test("lines come back as they were written, by the day of the event's start", async () => {
  await using folder = await tempFolder();
  const journal = new Journal(folder.path);
  const lines = [
    eventLine(event("event-01")),
    { change: "deleted", id: "event-01", startWallMs: 5 } as const,
  ];
  expect(lines.map(dayOfLine)).toEqual([day, "1970-01-01"]);
  const bytes = journal.append(day, lines);
  expect(journal.days()).toEqual([day]);
  expect(journal.read(day)).toEqual({ lines, skipped: 0, bytes });
});

test.each([1, 20, 60])("a last line cut by %i bytes is skipped, and the next one is whole", async (cut) => {
  await using folder = await tempFolder();
  const journal = new Journal(folder.path);
  journal.append(day, [eventLine(event("event-01"))]);
  const bytes = journal.append(day, [eventLine(event("event-02"))]);
  truncateSync(join(folder.path, `${day}.jsonl`), bytes - cut);
  journal.append(day, [eventLine(event("event-03"))]);
  const read = journal.read(day);
  const ids = read.lines.map((line) => (line.change === "event" ? line.event.id : ""));
  // one byte off the end is only the newline: the line itself is whole
  expect(ids).toEqual(cut === 1 ? ["event-01", "event-02", "event-03"] : ["event-01", "event-03"]);
  expect(read.skipped).toBe(cut === 1 ? 0 : 1);
});

test("lines that are not ours are skipped and counted", async () => {
  await using folder = await tempFolder();
  const journal = new Journal(folder.path);
  const bytes = journal.append(day, [eventLine(event("event-01"))]);
  const path = join(folder.path, `${day}.jsonl`);
  appendFileSync(path, 'null\n{"change":"flown"}\n\n{"change":"event","event":{}}\n\u0000\u0001\n');
  expect(journal.read(day)).toMatchObject({ skipped: 4 });
  expect(journal.read(day, bytes)).toMatchObject({ lines: [], skipped: 4 });
});

test("a file that became shorter than what was read is read from the start", async () => {
  await using folder = await tempFolder();
  const journal = new Journal(folder.path);
  journal.append(day, [eventLine(event("event-01"))]);
  expect(journal.read(day, 1_000_000).lines).toHaveLength(1);
});

test("what is written is one JSON object a line", async () => {
  await using folder = await tempFolder();
  new Journal(folder.path).append(day, [eventLine(event("event-01")), eventLine(event("event-02"))]);
  const text = readFileSync(join(folder.path, `${day}.jsonl`), "utf8");
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => typeof JSON.parse(line)),
  ).toEqual(["object", "object"]);
});

test("a journal says nothing of thumbnails: the clip's folder does", async () => {
  await using folder = await tempFolder();
  const journal = new Journal(folder.path);
  journal.append(day, [eventLine(event("event-01", { thumbnail: true }))]);
  expect(readFileSync(join(folder.path, `${day}.jsonl`), "utf8")).not.toContain("thumbnail");
  expect(journal.read(day)).toMatchObject({ lines: [{ event: { id: "event-01" } }], skipped: 0 });
});
