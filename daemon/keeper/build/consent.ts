/**
 * Consent: what agencies ask, and what an owner signed to leave.
 *
 *   courier -> feed desk -> request book -> pages          owner -> grants (the gate) -> courier
 */
import { askedOf } from "../consent/asked.ts";
import { FeedDesk } from "../consent/feed/feed-desk.ts";
import { RequestBook } from "../consent/request-book.ts";
import { Grants } from "../grants/grants.ts";
import type { Happened } from "../history.ts";
import { faultFields } from "../log.ts";
import type { Built, Site } from "./site.ts";
import { orNull } from "./storage.ts";

type Consent = Pick<Built, "requestBook" | "feedDesk" | "grants">;

export function buildConsent(site: Site, needed: Pick<Built, "history">): Consent {
  const { settings, clock, consent, house, onChange } = site;
  const { feedStore, house: home } = consent;
  // a leap ahead is believed by the gate after minutes, by what deletes after a day: requests run out as late as the later
  const clockTrusted = (): boolean => house().janitor.holdMs === 0 && house().grants.clockTrusted;
  const tell = (happened: Happened): Promise<unknown> => house().history.append(happened);
  const common = { store: feedStore, house: home, clock, clockTrusted, tell, onChange };
  const requestBook = new RequestBook({
    ...common,
    mostShownPerDay: settings.consent.mostShownPerDay,
    isRecorded: (window) => orNull(() => house().store.spans(window).length > 0),
  });
  const feedDesk = new FeedDesk({
    ...common,
    book: requestBook,
    portal: settings.portal,
    send: (message) => house().courier.send(message),
  });
  return { requestBook, feedDesk, grants: buildGrants(site, { ...needed, requestBook }) };
}

function buildGrants(
  { paths, settings, clock, log, people, consent, house, onChange }: Site,
  { history, requestBook }: Pick<Built, "history" | "requestBook">,
): Grants {
  return new Grants({
    paths,
    settings,
    clock,
    household: () => people.household.current,
    ledger: history,
    asked: askedOf(consent, requestBook),
    courier: {
      get connected() {
        return house().courier.peer.connected;
      },
      send: (message) => house().courier.sendNow(message),
      sendChunk: (chunk) => house().courier.sendChunk(chunk),
    },
    onChange,
    onFault: (fault) => {
      if (fault === null) log.info("grants can be read");
      else log.error(faultFields(fault), "grants cannot be read: nothing is sent");
    },
  });
}
