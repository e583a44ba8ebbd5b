import { expect, test } from "vitest";
import { roles } from "../../../daemon/household/roles.ts";
import { mayOf } from "../../../web/identity/may.ts";
import { rolesFor } from "../../../web/people/sign-record.ts";

test("who sent no seal key can become installer or tester only", () => {
  expect(rolesFor({ sealTo: null }, roles)).toEqual(["installer", "tester"]);
  expect(rolesFor({ sealTo: "age1x" }, roles)).toEqual([...roles]);
});

test("the page hides from each role what the doorbell would refuse", () => {
  expect(roles.map((role) => [role, mayOf(role)])).toEqual([
    [
      "owner",
      {
        watchLive: true,
        seeEvents: true,
        removeEvents: true,
        markEvents: true,
        pressButton: true,
        changePeople: true,
        drawLine: true,
        closeSight: "owner",
        answerRequests: true,
        share: true,
        talk: true,
        makeReplies: true,
      },
    ],
    [
      "member",
      {
        watchLive: true,
        seeEvents: true,
        removeEvents: false,
        markEvents: true,
        pressButton: false,
        changePeople: false,
        drawLine: false,
        closeSight: "member",
        answerRequests: false,
        share: false,
        talk: true,
        makeReplies: false,
      },
    ],
    [
      "installer",
      {
        watchLive: true,
        seeEvents: false,
        removeEvents: false,
        markEvents: false,
        pressButton: true,
        changePeople: false,
        drawLine: false,
        closeSight: null,
        answerRequests: false,
        share: false,
        talk: false,
        makeReplies: false,
      },
    ],
    [
      "tester",
      {
        watchLive: false,
        seeEvents: false,
        removeEvents: false,
        markEvents: false,
        pressButton: true,
        changePeople: false,
        drawLine: false,
        closeSight: null,
        answerRequests: false,
        share: false,
        talk: false,
        makeReplies: false,
      },
    ],
  ]);
});
