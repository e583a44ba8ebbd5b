/**
 * Outside: the courier's link, and whom it reaches: browsers that are told, hosts that a self-test calls.
 */
import { toFault } from "../../../hal/fault.ts";
import { diskFiles } from "../../files/disk.ts";
import { CourierLink } from "../links/courier.ts";
import { faultFields } from "../log.ts";
import { OutsideCalls } from "../outside-calls.ts";
import { PhoneBook, type Phone } from "../push/phone-book.ts";
import { PhoneDesk } from "../push/phone-desk.ts";
import { phonesOf } from "../push/phones-of.ts";
import type { Built, Site } from "./site.ts";

type Outside = Pick<Built, "outside" | "phones" | "phoneDesk" | "courier">;

export function buildOutside(site: Site, needed: Pick<Built, "feedDesk" | "grants">): Outside {
  const { clock, house } = site;
  const isThere = (): boolean => house().courier.peer.connected;
  const send: CourierLink["sendNow"] = (message) => house().courier.sendNow(message);
  const outside = new OutsideCalls({ clock, isThere, send });
  const phones = buildPhones(site);
  const phoneDesk = new PhoneDesk({
    clock,
    book: phones,
    isThere,
    send,
    onGone: (phone) => {
      const detail = `${phone.label} is told no more: its push service does not know it any more`;
      void house().history.note({ who: null, what: "phone-removed", detail });
      forgetPhones(site, ({ id }) => id === phone.id);
    },
  });
  return { outside, phones, phoneDesk, courier: buildCourier(site, { ...needed, outside, phoneDesk }) };
}

function buildPhones({ paths, clock, people, house }: Site): PhoneBook {
  return new PhoneBook({
    files: diskFiles(paths.push),
    clock,
    belongs: (phone) => people.household.fault !== null || hasPerson(people, phone),
    onChanged: () => house().phoneDesk.changed(),
  });
}

function hasPerson({ household }: Site["people"], { person, signKey }: Phone): boolean {
  return household.personWith(signKey)?.id === person;
}

function forgetPhones({ log, house }: Site, fits: (phone: Phone) => boolean): void {
  house()
    .phones.remove(fits)
    .catch((error: unknown) => {
      log.warn(
        faultFields(toFault(error)),
        "browsers that are told no more still stand in the file: tried again",
      );
    });
}

/** Who leaves the house, or is signed out, is shown and told no more. */
export function watchHousehold(site: Site): void {
  const { people, house } = site;
  people.household.onChanged(() => {
    house().eye.send({ type: "household-changed" });
    house().grants.look();
    forgetPhones(site, (phone) => !hasPerson(people, phone));
  });
  people.sessions.onSignedOut((ended) => forgetPhones(site, phonesOf(ended, people.sessions)));
}

function buildCourier(
  { paths, clock, house, onChange }: Site,
  { feedDesk, grants, outside, phoneDesk }: Pick<Built, "feedDesk" | "grants" | "outside" | "phoneDesk">,
): CourierLink {
  return new CourierLink({
    path: paths.courierSocket,
    clock,
    feed: feedDesk,
    grants,
    outside,
    phones: phoneDesk,
    told: {
      greet: () => house().teller?.greet(),
      done: ({ alert, channel, taken }) => {
        const { channels, teller, alertPictures } = house();
        channels.done(channel, taken);
        const event = teller?.done(alert, channel) ?? null;
        if (event !== null) alertPictures.told(event, { alert, channel, taken });
      },
    },
    switches: { handle: (said) => house().switches.handle(said) },
    alertPictures: {
      done: (done) => house().alertPictures.done(done),
      courierLeft: () => house().alertPictures.courierLeft(),
    },
    onChange,
  });
}
