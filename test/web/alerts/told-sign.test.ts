/** The sign beside what was told says no more than its kind does. */
import { expect, test } from "vitest";
import { alertKinds } from "../../../daemon/alerts/kinds.ts";
import { signs } from "../../../web/events/signs.ts";
import { toldSigns } from "../../../web/alerts/told-sign.ts";

test("a kind that is the name of a sign has that sign", () => {
  for (const sign of signs) {
    const kind = alertKinds.find((each) => each === sign);
    if (kind !== undefined) expect(toldSigns[kind]).toBe(sign);
  }
});

test("a vehicle that comes over the line is not shown as a person", () => {
  expect(toldSigns.crossed).toBe("motion");
});
