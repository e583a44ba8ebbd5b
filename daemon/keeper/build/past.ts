/**
 * Past: the ledger, and what owners want to know of it: who watched what, and when nothing could be seen.
 */
import { BlindWatch, sightOf } from "../blind-watch.ts";
import { Gaps } from "../gaps.ts";
import { History } from "../history.ts";
import { faultFields } from "../log.ts";
import { Sightings } from "../sightings.ts";
import { Views } from "../views.ts";
import type { Built, Site } from "./site.ts";

type Past = Pick<Built, "history" | "views" | "gaps" | "blind" | "sightings">;

export function buildPast({ settings, clock, log, paths, people, house, onChange }: Site): Past {
  const history = new History({
    paths,
    clock,
    device: people.device,
    onTold: (entry) => house().sightings.told(entry),
    detailsDays: settings.ledger.detailsDays,
    onChange: (fault) => {
      if (fault === null) log.info("the ledger works again");
      else log.error(faultFields(fault), "the ledger cannot be written: nothing is shown or sent");
      onChange();
    },
  });
  return {
    history,
    views: new Views({ clock, append: (happened) => history.append(happened) }),
    gaps: new Gaps({ clock, note: (happened) => history.note(happened) }),
    blind: new BlindWatch({
      clock,
      sight: () => sightOf(house()),
      keep: (gap) => house().store.push({ type: "gap", gap }),
    }),
    sightings: new Sightings({ page: (query) => history.page(query) }),
  };
}

/** Once, from the later of what ledger and index know: how long nothing ran. */
export function gapTeller({ house }: Pick<Site, "house">): (lastSeenWallMs: number | null) => void {
  let told = false;
  return (lastSeenWallMs) => {
    if (told) return;
    told = true;
    const { history, gaps, blind } = house();
    const last = Math.max(history.lastRunWallMs ?? -Infinity, lastSeenWallMs ?? -Infinity);
    gaps.keeperStarted(last === -Infinity ? null : last);
    if (last !== -Infinity) blind.wasOff(last);
  };
}
