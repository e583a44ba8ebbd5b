/** Times as they are typed: with a zone as it says, without one of this place, a day alone too. */
import { expect, test } from "vitest";
import { wallMsFrom } from "../../../daemon/cli/export-range.ts";

test.each([
  ["2026-01-31", new Date(2026, 0, 31).getTime()],
  ["2026-01-31T14:00", new Date(2026, 0, 31, 14).getTime()],
  ["2026-01-31T14:00:00Z", Date.UTC(2026, 0, 31, 14)],
  ["2026-07-01", new Date(2026, 6, 1).getTime()],
])("%s", (text, wallMs) => expect(wallMsFrom("from", text)).toBe(wallMs));

test.each(["yesterday", "", "2026-13-01", "31.1.2026x"])("%j is no time", (text) =>
  expect(() => wallMsFrom("from", text)).toThrow(`--from ${text} is no time`),
);
