import { expect, test } from "vitest";
import { Reporter } from "../../../../daemon/eye/what/reporter.ts";
import type { Told } from "../../../../daemon/sight/what/visit.ts";
import type { EventWhat } from "../../../../daemon/wire/what.ts";

function reporting() {
  const said: EventWhat[] = [];
  const report = (message: EventWhat): void => void said.push(message);
  return { said, reporter: new Reporter({ report, wallMsAt: (ptsUs) => ptsUs / 1_000 }) };
}

const told = (score: number, more: Partial<Told> = {}): Told => ({
  event: "event-0001",
  what: [{ label: "person", score }],
  happenings: [],
  settled: false,
  ...more,
});

test("a score that moves a little is no news; by a tenth it is, after seconds too, and the last word is exact", () => {
  const { said, reporter } = reporting();
  const scores = [0.5, 0.52, 0.55, 0.58, 0.59, 0.6, 0.63, 0.66, 0.69, 0.61, 0.64];
  for (const [s, score] of scores.entries()) reporter.tell(told(score), s * 600_000);
  expect(said.map(({ what }) => what[0]?.score)).toEqual([0.5, 0.6]);
  reporter.tell(told(0.66), 8_100_000);
  reporter.last(told(0.64), 9e6);
  reporter.last(told(0.64), 10e6);
  expect(said.map(({ what }) => what[0]?.score)).toEqual([0.5, 0.6, 0.66, 0.64]);
});

test("labels, happenings and settled are news at once, but twice a second at most; what was too early comes later", () => {
  const { said, reporter } = reporting();
  reporter.tell(told(0.5), 0);
  const crossed = told(0.5, { happenings: [{ kind: "crossed", atUs: 200_000 }] });
  reporter.tell(crossed, 200_000);
  expect(said).toHaveLength(1);
  reporter.tell(crossed, 600_000);
  expect(said).toHaveLength(2);
  reporter.tell({ ...crossed, settled: true }, 1_200_000);
  expect(said).toHaveLength(3);
  reporter.tell({ ...crossed, settled: true, what: [{ label: "animal", score: 0.5 }] }, 1_800_000);
  expect(said).toHaveLength(4);
});

test("that who waited is gone is news, and that he is there again", () => {
  const { said, reporter } = reporting();
  const waits = told(0.9, { happenings: [{ kind: "waiting", atUs: 0 }] });
  reporter.tell(waits, 0);
  reporter.tell({ ...waits, gone: true }, 600_000);
  reporter.tell(waits, 1_200_000);
  expect(said.map(({ gone = false }) => gone)).toEqual([false, true, false]);
});

test("that it came to the door is news: another table holds then", () => {
  const { reporter, said } = reporting();
  const seen = (near: boolean): Told => ({
    ...told(0.7),
    what: [{ label: "person", score: 0.7, ...(near ? { near: true as const } : {}) }],
  });
  reporter.tell(seen(false), 0);
  reporter.tell(seen(true), 600_000);
  expect(said.map(({ what }) => what)).toEqual([seen(false).what, seen(true).what]);
});
