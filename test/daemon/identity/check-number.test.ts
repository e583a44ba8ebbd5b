import { expect, test } from "vitest";
import { checkNumber } from "../../../daemon/identity/check-number.ts";
import { keysOf } from "../../../daemon/identity/keys.ts";

const { signKey, sealTo } = keysOf(new Uint8Array(32).fill(7));

test("the check number is six digits, the same wherever it is counted", () => {
  expect(checkNumber({ signKey, sealTo })).toBe(checkNumber({ sealTo, signKey }));
  expect(checkNumber({ signKey, sealTo })).toMatch(/^\d{6}$/u);
});

test("another key, or one key more, has another check number", () => {
  const other = keysOf(new Uint8Array(32).fill(8));
  const numbers = [
    checkNumber({ signKey, sealTo }),
    checkNumber({ signKey, sealTo: other.sealTo }),
    checkNumber({ signKey: other.signKey, sealTo }),
    checkNumber({ signKey, sealTo: null }),
  ];
  expect(new Set(numbers).size).toBe(numbers.length);
});
