/** I4: refused = ignored = not matched, byte for byte, on the wire. */
import { expect, test } from "vitest";
import { testPlace } from "../../scripts/rigs/agency.ts";
import { putJson } from "../../scripts/rigs/person.ts";
import { farPlace, openPortal, type House } from "./doorbell-on-wire.ts";

const here = { place: testPlace, recorded: true };
const nearby = { lat: testPlace.lat + 0.01, lon: testPlace.lon };

/** Each with what tells it from the others at home: the states of its requests and why others were passed by. */
const houses: Readonly<
  Record<string, readonly [House, readonly string[], Readonly<Record<string, number>>]>
> = {
  ignored: [here, ["shown", "shown"], {}],
  refused: [
    { ...here, after: ({ owner }, hash) => owner.fetch(`/api/requests/${hash}/refuse`, { method: "POST" }) },
    ["shown", "refused"],
    {},
  ],
  muted: [
    { ...here, before: ({ owner }) => putJson(owner, "/api/mute", { agency: "all", muted: true }) },
    [],
    {},
  ],
  "not matched": [{ ...here, place: nearby }, [], { "not-matched": 2 }],
  "far away": [{ ...here, place: farPlace }, [], { "not-matched": 2 }],
  "nothing recorded": [{ ...here, recorded: false }, [], { "no-recording": 2 }],
};

test("I4: refused, ignored, muted, not matched and nothing recorded are the same bytes at the same times", async () => {
  await using portal = await openPortal();
  const silence = await portal.listen({ place: null, recorded: false });
  for (const [name, [house, states, counts]] of Object.entries(houses)) {
    const { sent, asked, requests } = await portal.listen(house);
    expect([name, requests.requests.map(({ state }) => state)]).toEqual([name, states]);
    expect([name, requests.feed.counts]).toEqual([name, expect.objectContaining(counts)]);
    expect([name, sent]).toEqual([name, silence.sent]);
    expect([name, asked]).toEqual([name, silence.asked]);
  }
}, 120_000);
