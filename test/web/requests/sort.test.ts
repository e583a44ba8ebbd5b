/** Which requests are open and which are over. */
import { expect, test } from "vitest";
import { countsOf, sorted } from "../../../web/requests/sort.ts";
import { aCard } from "./cards.ts";

const requests = (["shown", "drafting", "refused", "expired", "granted", "withdrawn"] as const).map(
  (state, i) => aCard(i + 1, { card: { state } }),
);
const hashes = (cards: readonly { hash: string }[]): string => cards.map(({ hash }) => hash[0]).join("");

test("what was shown and what is being chosen from is open, the rest is over", () => {
  const { open, past } = sorted(requests, new Set());
  expect([hashes(open), hashes(past)]).toEqual(["12", "3456"]);
});

test("what was refused here a moment ago keeps its place", () => {
  const { open, past } = sorted(requests, new Set([requests[2]?.hash ?? ""]));
  expect([hashes(open), hashes(past)]).toEqual(["123", "456"]);
});

test("reasons come by how often they happened, and those that never did not at all", () => {
  expect(countsOf({ flood: 0, expired: 2, "no-case": 7, "bad-shape": 2 })).toEqual([
    ["no-case", 7],
    ["bad-shape", 2],
    ["expired", 2],
  ]);
});
