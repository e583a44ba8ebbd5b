import { expect, test } from "vitest";
import { outcomeOf } from "../../../web/line/outcome.ts";
import type { Status } from "../../../daemon/wire/api-status.ts";
import { aStatus } from "../samples.ts";

const fault = { kind: "denied", message: "it is older", hint: "sign again" };
const after = (mask: Status["mask"]): Status => ({ ...aStatus(), mask });

test.each([
  ["the doorbell has said nothing yet", null, false, { kind: "waiting" }],
  ["an older version is in force", after({ policyVersion: 1, visibleFrac: 0.5 }), true, { kind: "waiting" }],
  [
    "it is in force and the picture shows",
    after({ policyVersion: 2, visibleFrac: 0.5 }),
    false,
    { kind: "in-force", version: 2, visibleFrac: 0.5 },
  ],
  [
    "it is known, and no picture was made under it yet",
    after({ policyVersion: 2, visibleFrac: 0 }),
    false,
    { kind: "waiting" },
  ],
  [
    "it is known and hides everything, as time has shown",
    after({ policyVersion: 2, visibleFrac: 0 }),
    true,
    { kind: "in-force", version: 2, visibleFrac: 0 },
  ],
  [
    "an older fault still stands",
    after({ policyVersion: null, visibleFrac: 0, fault }),
    false,
    { kind: "waiting" },
  ],
  [
    "the fault stands after a while",
    after({ policyVersion: null, visibleFrac: 0, fault }),
    true,
    { kind: "refused", why: "it is older (sign again)" },
  ],
] as const)("of a policy that was put: %s", (_, said, slow, outcome) => {
  expect(outcomeOf(2, said, slow)).toEqual(outcome);
});
