import { expect, test } from "vitest";
import { journalWords, logWords } from "../../../daemon/keeper/log-words.ts";

const time = new Date(2026, 0, 31, 9, 5, 7).getTime();
const line = (entry: object) => `${JSON.stringify({ level: 30, time, process: "keeper", ...entry })}\n`;

test.each([
  [
    { msg: "keeper is listening", port: 8460, events: 0, movedTo: null },
    "09:05:07  keeper is listening  port=8460\n",
  ],
  [{ level: 40, msg: "the disk is full" }, "09:05:07  warning: the disk is full\n"],
  [
    { level: 50, msg: "broken", fault: { kind: "corrupt" } },
    '09:05:07  error: broken  fault={"kind":"corrupt"}\n',
  ],
])("%j reads as words", (entry, words) => {
  expect(logWords(line(entry))).toBe(words);
});

test("the journal gets the level in front, as it reads it, and no time: it has one", () => {
  expect(journalWords(line({ msg: "keeper is listening", port: 8460 }))).toBe(
    "<6>keeper is listening  port=8460\n",
  );
  expect(journalWords(line({ level: 40, msg: "the disk is full" }))).toBe("<4>warning: the disk is full\n");
  expect(journalWords("not json\n")).toBe("not json\n");
});

test.each(["not json\n", "[]\n", "{}\n", "null\n", ""])("%j passes as it is", (odd) => {
  expect(logWords(odd)).toBe(odd);
});
