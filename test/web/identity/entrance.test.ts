/** Where somebody who opens the page stands, before anything is asked of them. */
import { expect, test } from "vitest";
import type { WhoAmI } from "../../../daemon/wire/api-household.ts";
import { placeOf, type Seen } from "../../../web/identity/entrance.ts";
import type { Keyring } from "../../../web/identity/keyring.ts";

const device = "d".repeat(43);
const nowWallMs = 1_000_000;
const keyring: Keyring = {
  seed: new Uint8Array(32),
  device,
  wordsKept: true,
  signedOut: false,
  sessionEndsWallMs: null,
  join: null,
};
const who: WhoAmI = {
  person: { id: "p", name: "Ada", role: "owner", signKey: "s", sealTo: "age1" },
  session: {
    id: "s",
    person: "p",
    label: "Firefox",
    createdWallMs: 0,
    lastSeenWallMs: 0,
    expiresWallMs: 0,
    own: true,
  },
};
const place = (change: Partial<Seen>) =>
  placeOf({ door: { device, paired: true }, keyring, who: null, nowWallMs, ...change });

test("without an owner the doorbell asks for its pairing code", () => {
  expect(place({ door: { device, paired: false }, keyring: null })).toBe("unpaired");
  expect(place({ door: { device, paired: false } })).toBe("unpaired");
});

test("a browser without a key is a stranger, even with a session from before", () => {
  expect(place({ keyring: null })).toBe("stranger");
  expect(place({ keyring: null, who })).toBe("stranger");
});

test("a doorbell with another key is refused, paired or not, signed in or not", () => {
  for (const paired of [true, false])
    expect(place({ door: { device: "e".repeat(43), paired }, who })).toBe("other-doorbell");
});

test("a key signs in by itself, unless its person signed out", () => {
  expect(place({})).toBe("sign-in");
  expect(place({ keyring: { ...keyring, signedOut: true } })).toBe("signed-out");
});

test("a session that is gone before its time was ended by somebody; one that ran out was not", () => {
  expect(place({ keyring: { ...keyring, sessionEndsWallMs: nowWallMs + 1 } })).toBe("signed-out");
  expect(place({ keyring: { ...keyring, sessionEndsWallMs: nowWallMs } })).toBe("sign-in");
});

test("somebody who asked to be let in waits, and is in once they have a session", () => {
  const asked = { ...keyring, join: { id: "j", check: "123456" } };
  expect(place({ keyring: asked })).toBe("waiting");
  expect(place({ keyring: asked, who })).toBe("in");
});
