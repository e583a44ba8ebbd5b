/** A court order as it is typed, and the record that is signed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { courtOrderSchema } from "../../../daemon/consent/court-order.ts";
import { testKeys } from "../../../scripts/rigs/paired.ts";
import { newPersonId } from "../../../web/identity/new-person.ts";
import {
  emptyDraft,
  flawOf,
  orderOf,
  timeOf,
  type DraftFlaw,
  type OrderDraft,
} from "../../../web/court-order/order-draft.ts";

const { signKey } = testKeys(1);
const facts = { id: newPersonId(), device: signKey, ownerKey: signKey, issuedAt: 1 };
const full: OrderDraft = {
  court: "District Court of Kiel",
  fileNumber: " 3 Gs 41/26 ",
  recipient: "Harbour Police",
  from: "2026-11-24T14:00",
  to: "2026-11-24T16:30",
  text: "All recordings\r\nof the street\tside.",
  paperSha256: null,
};

test("the record has what was typed, in the doorbell's terms", () => {
  const order = orderOf(full, facts);
  expect(courtOrderSchema.parse(order)).toEqual({
    ...facts,
    court: "District Court of Kiel",
    fileNumber: "3 Gs 41/26",
    recipient: "Harbour Police",
    window: {
      from: new Date(2026, 10, 24, 14).getTime(),
      to: new Date(2026, 10, 24, 16, 30).getTime(),
    },
    text: "All recordings\nof the street side.",
    paperSha256: null,
  });
});

test.each<[DraftFlaw, Partial<OrderDraft>]>([
  ["court", { court: "  " }],
  ["court", { court: "c".repeat(121) }],
  ["fileNumber", { fileNumber: "" }],
  ["recipient", { recipient: "" }],
  ["from", { from: "" }],
  ["from", { from: "yesterday" }],
  ["to", { to: "" }],
  ["order", { to: full.from }],
  ["order", { from: full.to, to: full.from }],
  ["text", { text: "t".repeat(2_001) }],
  ["controls", { court: "Court\u202E of Kiel" }],
  ["controls", { text: "a\u0000b" }],
])("%s is what is missing", (flaw, change) => {
  const draft = { ...full, ...change };
  expect(flawOf(draft)).toBe(flaw);
  expect(orderOf(draft, facts)).toBeNull();
});

test("an empty form cannot be signed", () => {
  expect(flawOf(emptyDraft)).toBe("court");
});

test.each([
  ["1969-12-31T12:00", null],
  ["2026-11-24", null],
  ["2026-13-01T00:00", null],
  ["2026-11-24T14:00", new Date(2026, 10, 24, 14).getTime()],
])("the time %s is %s", (text, time) => {
  expect(timeOf(text)).toBe(time);
});

test("whatever can be signed here, the doorbell's schema takes", () => {
  const line = fc.oneof(fc.string({ maxLength: 130 }), fc.string({ maxLength: 20, unit: "binary" }));
  const drafts = fc.record({
    court: line,
    fileNumber: line,
    recipient: line,
    from: fc.constantFrom("2026-11-24T14:00", "x", "1971-01-02T00:00"),
    to: fc.constantFrom("2026-11-24T16:30", ""),
    text: fc.oneof(line, fc.constant("a\r\nb\tc")),
    paperSha256: fc.constantFrom(null, "0a".repeat(32)),
  });
  fc.assert(
    fc.property(drafts, (draft) => {
      const order = orderOf(draft, facts);
      if (order !== null) expect(() => courtOrderSchema.parse(order)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
