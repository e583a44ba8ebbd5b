import { expect, test } from "vitest";
import type { Destinations } from "../../../daemon/wire/api-consent.ts";
import { newLinkKey } from "../../../web/share/age-key.ts";
import { hindranceOf, recipientOf, type Form } from "../../../web/share/recipient.ts";
import { aCourtOrder, aRequest } from "./asked.ts";
import { owner } from "./sealed-clips.ts";

const destinations: Destinations = {
  device: "device",
  archive: "file:///srv/archive",
  share: "https://portal.example/dock/shares",
  board: "https://portal.example/dock/board",
  coolingOffS: 60,
};
const own = { asked: { kind: "own" } as const, destinations, ownSealTo: owner.sealTo };
const linkKey = newLinkKey();
const empty: Form = { way: null, whom: "", key: "", linkKey };

test("a request says itself who is to have it, whatever the form says", () => {
  const card = aRequest();
  const to = recipientOf({ ...empty, way: "link" }, { ...own, asked: { kind: "request", card } });
  expect(to).toMatchObject({
    destination: { kind: "request", request: card.hash, agency: "harbour-police" },
    recipient: { name: card.agency.name, sealTo: card.request.sealTo, deliverTo: card.request.deliverTo },
    secret: null,
  });
});

test.each([
  [{ ...empty }],
  [{ ...empty, way: "link", whom: " " }],
  [{ ...empty, way: "neighbour", whom: "Bea", key: "" }],
  [{ ...empty, way: "neighbour", whom: "Bea", key: linkKey.secret }],
  [{ ...empty, way: "neighbour", whom: "", key: owner.sealTo }],
] as const)("%j is nobody yet", (form) => {
  expect(recipientOf(form, own)).toBeNull();
});

test("a link has a key of its own, which is in no part of what is signed", () => {
  const to = recipientOf({ ...empty, way: "link", whom: "Bea\u200b" }, own);
  expect(to?.recipient).toEqual({
    name: "Bea (by link)",
    sealTo: linkKey.sealTo,
    deliverTo: destinations.share,
  });
  expect(to?.secret).toBe(linkKey.secret);
  expect(JSON.stringify([to?.destination, to?.recipient, to?.purpose])).not.toContain(linkKey.secret);
});

test("a neighbour's key is taken as it was pasted, without the blanks around it", () => {
  const to = recipientOf({ ...empty, way: "neighbour", whom: "Bea", key: ` ${owner.sealTo}\n` }, own);
  expect(to?.recipient).toMatchObject({ name: "Bea", sealTo: owner.sealTo });
  expect(to?.secret).toBeNull();
});

test("the archive is sealed to the owner's own key", () => {
  const to = recipientOf({ ...empty, way: "archive" }, own);
  expect(to?.recipient).toMatchObject({ sealTo: owner.sealTo, deliverTo: "file:///srv/archive" });
});

test("for a court order the name is the order's, and it is never consent", () => {
  const card = aCourtOrder();
  const to = recipientOf({ ...empty, way: "link" }, { ...own, asked: { kind: "court-order", card } });
  expect(to?.destination).toEqual({ kind: "court-order", order: card.hash });
  expect(to?.recipient.name).toBe(card.recipient);
});

test("what the settings do not allow is said, and made by nobody", () => {
  const none = { ...destinations, share: null, archive: null };
  expect(hindranceOf("link", none)).toMatch(/portal\.url/u);
  expect(hindranceOf("archive", none)).toMatch(/archive\.to/u);
  expect(hindranceOf("link", destinations)).toBeNull();
  for (const way of ["link", "neighbour", "archive"] as const)
    expect(
      recipientOf({ ...empty, way, whom: "Bea", key: owner.sealTo }, { ...own, destinations: none }),
    ).toBeNull();
});
