/**
 * Told: who is told of an event, by which way, with which picture, and what the house's broker may switch.
 *
 *   book -> audience -> teller -> courier            eye -> alert pictures -> courier
 */
import { viewerIdsOf } from "../../household/household.ts";
import { hottest, type Machine } from "../../selftest/machine.ts";
import { AlertPictures } from "../told/alert-pictures.ts";
import { Audience } from "../told/audience.ts";
import { Channels, channelsOf, hostsOf } from "../told/channels.ts";
import { houseFacts } from "../told/facts.ts";
import { HouseSnooze } from "../told/house-snooze.ts";
import { Switches } from "../told/switches.ts";
import { Teller } from "../told/teller.ts";
import type { Built, Site } from "./site.ts";

type Told = Pick<Built, "channels" | "audience" | "teller" | "houseSnooze" | "alertPictures" | "switches">;

export function buildTold(site: Site, machine: Machine, { privacy }: Pick<Built, "privacy">): Told {
  const { settings, clock, rules, house } = site;
  rules.onChanged(() => {
    const { pages, teller, audience } = house();
    pages.tell({ type: "alerts", what: "rules" });
    teller?.changed();
    audience.look();
  });
  const houseSnooze = new HouseSnooze({ clock, rules, note: (happened) => house().history.note(happened) });
  return {
    channels: new Channels(clock),
    audience: buildAudience(site),
    teller: buildTeller(site, machine),
    houseSnooze,
    alertPictures: buildAlertPictures(site),
    switches: new Switches({ settings: settings.mqtt, clock, privacy, snooze: houseSnooze }),
  };
}

function buildAudience({ settings, clock, rules, heldFile, drawnZones, people, house }: Site): Audience {
  return new Audience({
    clock,
    rules,
    heldFile,
    zones: () => drawnZones.names,
    persons: () => viewerIdsOf(people.household.current),
    hasPhone: (person) => house().phones.phones.some((phone) => phone.person === person),
    houseKinds: channelsOf(settings).some((way) => way !== "mqtt") ? settings.alerts.kinds : [],
    actionOn: (kind, event) => drawnZones.actionOn(kind, event),
    hasModel: () => house().eye.status?.what?.state === "ready",
    patienceMs: settings.alerts.patienceMs,
    tell: (event, tellings) => {
      house().teller?.event(event, tellings);
      const last = tellings.findLast((telling) => telling.house);
      if (last !== undefined) house().alertPictures.event(event, { kind: last.kind, zones: event.zones });
    },
    tellDigest: (whom, digest) => house().teller?.digest(digest, whom),
    onChange: () => house().pages.tell({ type: "alerts", what: "told" }),
  });
}

function buildTeller({ settings, clock, house }: Site, machine: Machine): Teller | null {
  const ways = channelsOf(settings);
  if (ways.length === 0 && settings.alerts.pushHosts.length === 0) return null;
  return new Teller({
    clock,
    channels: ways,
    phones: (persons) =>
      house()
        .phones.phones.filter(({ person }) => persons.includes(person))
        .map(({ id }) => id),
    send: (message) => house().courier.sendNow(message),
    celsius: () => hottest(machine),
    facts: (also) => houseFacts(house(), also),
  });
}

function buildAlertPictures({ settings, clock, policies, house }: Site): AlertPictures {
  return new AlertPictures({
    clock,
    hosts: hostsOf(settings),
    policy: () => policies.policy,
    closed: () => house().privacy.state.closed || house().eye.status?.mask.guard?.state === "tripped",
    sight: () => `${policies.policy?.version ?? 0} ${house().privacy.changes}`,
    askEye: (wanted) => house().eye.send(wanted),
    isCourierThere: () => house().courier.peer.connected,
    send: (picture) => house().courier.sendNow(picture),
    append: (happened) => house().history.append(happened),
    note: (happened) => house().history.note(happened),
  });
}
