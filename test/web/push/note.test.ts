/** A pushed message as a notification, whatever comes. */
import { expect, test } from "vitest";
import type { Pushed } from "../../../daemon/wire/pushed.ts";
import { noteOf } from "../../../web/push/note.ts";
import { noteWords } from "../../../web/push/note-words.ts";

const wallMs = new Date(2026, 10, 26, 14, 5).getTime();
const ring: Pushed = {
  kind: "ring",
  event: "ring-0001",
  wallMs,
  zones: [],
  rings: 1,
  movements: 0,
  name: "Front door",
};

test("a ring waits for an answer, and leads to its event", () => {
  const { title, options } = noteOf(ring, wallMs + 1_000);
  expect(title).toBe("Front door");
  expect(options).toMatchObject({
    tag: "ring-0001",
    requireInteraction: true,
    timestamp: wallMs,
    data: { hash: "#/event/ring-0001" },
  });
  expect(options.body).toMatch(/^Somebody rang at \D*\d\d?:05.*\.$/u);
});

test.each([
  [{ kind: "motion", zones: [] }, /^Something moved at .*:05[^:]*\.$/u],
  [{ kind: "motion", zones: ["path", "gate"] }, /: path and gate\.$/u],
  [{ kind: "digest", rings: 2, movements: 1 }, /^2 rings and 1 movement until /u],
  [{ kind: "digest", rings: 0, movements: 5 }, /^5 movements until /u],
  [{ kind: "test", event: null }, /^This is a test/u],
] as const)("%o in words, without keeping the screen", (change, body) => {
  const { options } = noteOf({ ...ring, ...change }, wallMs);
  expect(options.body).toMatch(body);
  expect(options.requireInteraction).toBeUndefined();
});

test("what is days old says on which day it was", () => {
  const day = new Intl.DateTimeFormat(undefined, { weekday: "short" }).format(wallMs);
  expect(noteOf(ring, wallMs + 3 * 86_400_000).options.body).toContain(day);
  expect(noteOf(ring, wallMs + 3_600_000).options.body).not.toContain(day);
});

test.each([
  null,
  undefined,
  "text",
  {},
  { ...ring, kind: "another" },
  { ...ring, event: "../../elsewhere" },
  { ...ring, wallMs: "now" },
  { ...ring, wallMs: 1e300 },
  { ...ring, zones: [1] },
  { ...ring, name: 5 },
])("what is no message of ours is shown as something, and leads nowhere: %o", (pushed) => {
  const { title, options } = noteOf(pushed, wallMs);
  expect([title, options.body, options.data]).toEqual([noteWords.name, noteWords.something, undefined]);
});
