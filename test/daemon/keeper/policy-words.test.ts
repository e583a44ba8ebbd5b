/** What the history says of a policy: its number, and every way out that it opens or closes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { policyWords } from "../../../daemon/keeper/policy-words.ts";
import type { Policy } from "../../../daemon/policy/policy.ts";
import { policyOf } from "../../../web/line/policy-draft.ts";
import { porchPolicy } from "../../../hal/sim/porch/policy.ts";

const camera = "a".repeat(43);
const facts = { version: 4, camera, picture: { width: 16, height: 9 }, retentionHours: 72, issuedAt: 1 };
const policyWith = (ways: Pick<Policy, "audio" | "publish">): Policy =>
  policyOf(porchPolicy, { ...facts, ways });
const closed = policyWith({ audio: false, publish: {} });
const open = policyWith({ audio: true, publish: { rtsp: true, ntfy: true, webhook: true } });

test("a line alone is its number", () => {
  expect(policyWords(closed, null)).toBe("property line number 4");
  expect(policyWords(open, open)).toBe("property line number 4");
});

test("what is opened and closed is named", () => {
  const turned = policyWith({ audio: false, publish: { ntfy: true, webhook: true, rtsp: false } });
  expect(policyWords(turned, policyWith({ audio: true, publish: { ntfy: true } }))).toBe(
    "property line number 4; allowed from now on: pictures with alerts by webhook; not allowed any more: sound while talking",
  );
});

test("there and back name the same ways", () => {
  const way = fc.record({
    audio: fc.boolean(),
    publish: fc.record({ rtsp: fc.boolean(), ntfy: fc.boolean(), webhook: fc.boolean() }),
  });
  fc.assert(
    fc.property(way, way, (a, b) => {
      const names = (text: string): string[] =>
        text.split(/; |: |, /u).filter((part) => !part.includes("allowed"));
      const [to, back] = [
        policyWords(policyWith(b), policyWith(a)),
        policyWords(policyWith(a), policyWith(b)),
      ];
      expect(names(to).toSorted()).toEqual(names(back).toSorted());
    }),
  );
});
