/**
 * Build: the parts of the keeper and who tells whom. Nothing is started here.
 *
 *   button -> doorbell -> book -> pages, store, eye, chime
 *   eye link -> book, store, live, heat -> pages          courier link -> feed desk -> request book; grants (the gate)
 *   clock -> janitor -> store                       every change -> status feed -> pages, light
 */
import { linuxMachine } from "../selftest/linux-machine.ts";
import { buildConsent } from "./build/consent.ts";
import { buildDoor } from "./build/door.ts";
import { buildOutside, watchHousehold } from "./build/outside.ts";
import { buildPast, gapTeller } from "./build/past.ts";
import { buildTests } from "./build/selftest.ts";
import { buildSight } from "./build/sight.ts";
import { siteOf, type Built, type Plan } from "./build/site.ts";
import { buildStorage } from "./build/storage.ts";
import { buildTold } from "./build/told.ts";
import { Metrics } from "./metrics.ts";
import { ProblemLog } from "./problem-log.ts";
import { StatusFeed } from "./status-feed.ts";
import { PageSubscribers } from "./subscribers.ts";

export function buildParts(plan: Plan): Built {
  const { settings, clock, people, policies, consent, rules, named, drawnZones } = plan;
  let built: Built | null = null;
  const site = siteOf(plan, () => built);
  const machine = linuxMachine({ entry: process.argv[1] ?? "", env: process.env });
  const metrics = new Metrics();

  const storage = buildStorage(site, gapTeller(site));
  const past = buildPast(site);
  const sight = buildSight(site, { ...storage, ...past });
  const asked = buildConsent(site, past);
  const outside = buildOutside(site, asked);
  const door = buildDoor(site, { ...storage, ...sight, metrics });
  const told = buildTold(site, machine, sight);
  const tests = buildTests(site, machine, { ...door, ...sight, ...outside });

  built = {
    settings,
    clock,
    people,
    policies,
    consent,
    rules,
    named,
    drawnZones,
    startedWallMs: Math.round(clock.wallMs()),
    startedMonoMs: clock.monoMs(),
    ...storage,
    ...past,
    ...sight,
    ...asked,
    ...outside,
    ...door,
    ...told,
    ...tests,
    pages: new PageSubscribers(),
    problems: new ProblemLog(clock),
    control: { in: 0, out: 0, dropped: 0 },
    metrics,
    feed: new StatusFeed(clock, site.house),
  };
  watchHousehold(site);
  return built;
}
