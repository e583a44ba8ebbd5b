/** I5: nothing that is sent before a grant depends on where the doorbell is. */
import { expect, test } from "vitest";
import { pictureSendSchema } from "../../daemon/wire/alert-picture.ts";
import { keeperToCourierSchema } from "../../daemon/wire/messages.ts";
import {
  digestSchema,
  factsSchema,
  happenedSchema,
  phonesSchema,
  phoneTestSchema,
} from "../../daemon/wire/told.ts";
import { testPlace } from "../../scripts/rigs/agency.ts";
import { farPlace, openPortal } from "./doorbell-on-wire.ts";

test("I5: two doorbells 500 km apart send the same bytes at the same times", async () => {
  await using portal = await openPortal();
  const near = await portal.listen({ place: testPlace, recorded: true });
  const far = await portal.listen({ place: farPlace, recorded: true });
  const nowhere = await portal.listen({ place: null, recorded: true });

  // they know different things
  expect(near.requests.requests.map(({ state }) => state)).toEqual(["shown", "shown"]);
  expect([far.requests.requests, nowhere.requests.requests]).toEqual([[], []]);
  // and say the same
  expect(near.sent.join("")).toMatch(/^GET \/log\/checkpoint HTTP\/1\.1\r\n/u);
  expect(near.asked.length).toBe(6);
  expect(far.sent).toEqual(near.sent);
  expect(nowhere.sent).toEqual(near.sent);
  expect([far.asked, nowhere.asked]).toEqual([near.asked, near.asked]);
}, 60_000);

test("I5: what is asked is a function of the log alone", async () => {
  await using portal = await openPortal();
  const { asked } = await portal.listen({ place: testPlace, recorded: true });
  const at = [1_250, 61_250, 121_250];
  expect(asked).toEqual([
    `${at[0]} GET /log/checkpoint`,
    `${at[0]} GET /log/tile/entries/000.p/2`,
    `${at[1]} GET /log/checkpoint`,
    `${at[1]} GET /log/tile/entries/000`,
    `${at[1]} GET /log/tile/entries/001.p/47`,
    `${at[2]} GET /log/checkpoint`,
  ]);
});

test("I5: where nobody is to be told the courier can be told two things before a grant: how much of the log was checked, and to test whom it reaches", () => {
  const withoutGrant = keeperToCourierSchema.options.filter(({ shape }) => !("grant" in shape));
  // what the broker of the house may know (docs/mqtt.md): nothing that depends on a request or the place
  const ofTheHouse = withoutGrant.filter(({ shape }) =>
    ["happened", "digest", "facts"].includes(shape.type.value),
  );
  expect(ofTheHouse).toEqual([happenedSchema, digestSchema, factsSchema]);
  // whom browsers' push services tell of it (docs/alerts.md): addresses and keys
  const ofPhones = withoutGrant.filter(({ shape }) => ["phones", "phone-test"].includes(shape.type.value));
  expect(ofPhones).toEqual([phonesSchema, phoneTestSchema]);
  // a picture with an alert, to a channel for which an owner signed (publish.ntfy, publish.webhook), after the ledger has it
  const ofPictures = withoutGrant.filter((option) => "jpeg" in option.shape);
  expect(ofPictures).toEqual([pictureSendSchema]);
  const others = withoutGrant.filter(
    (option) => ![...ofTheHouse, ...ofPhones, ...ofPictures].includes(option),
  );
  expect(others.map(({ shape }) => Object.keys(shape))).toEqual([
    ["type", "size"],
    ["type", "reach"],
  ]);
});
