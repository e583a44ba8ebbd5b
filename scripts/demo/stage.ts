/**
 * Stage: a portal, a doorbell that knows it, an agency that the registrar vouches for, and two browsers.
 */
import type { BrowserContext, Page } from "playwright-core";
import { keyFile } from "../../portal/web/desk/key-file.ts";
import { giveKeyring, openBrowser } from "../rigs/browser.ts";
import { startDaemon, type Daemon } from "../rigs/daemon.ts";
import { testSeed } from "../rigs/paired.ts";
import { register, startPortal, type PortalRig, type TestAgency } from "../rigs/portal.ts";
import { keysOf } from "../../daemon/identity/keys.ts";

/** In the sea, where nobody lives. */
export const place = { lat: 54.4321, lon: 10.4321 };

export interface Stage extends AsyncDisposable {
  readonly portal: PortalRig;
  readonly door: Daemon;
  readonly agency: TestAgency;
  /** As the agency keeps it. */
  readonly agencyKeyFile: string;
  /** A phone. */
  readonly owner: Page;
  /** A desk. */
  readonly desk: Page;
}

const agencySeed = testSeed(120);
const name = "Harbour Police";

export async function openStage(): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const portal = stack.use(await startPortal({ flags: ["--title=Harbour Town requests"] }));
  const { logKey, registrarKey } = await keysOfPortal(portal.url);
  const keys = keysOf(agencySeed);
  const agency = { id: "harbour-police", keys, deliverTo: `${portal.url}/dock/agencies/harbour-police` };
  await register(portal, agency, {
    name,
    jurisdiction: [
      [place.lat - 0.1, place.lon - 0.2],
      [place.lat - 0.1, place.lon + 0.2],
      [place.lat + 0.1, place.lon + 0.2],
      [place.lat + 0.1, place.lon - 0.2],
    ],
    contact: "desk@harbour-police.example",
    verifiedBy: "its office was visited, and the key compared on paper",
  });
  const door = stack.use(
    await startDaemon({
      flags: [
        "--sim.light=day",
        "--sim.visitorsPerHour=60",
        "--recording.maxClipMs=40000",
        "--portal.pollMinutes=1",
        "--consent.coolingOffS=8",
        `--portal.url=${portal.url}`,
        `--portal.logKey=${logKey}`,
        `--portal.registrarKey=${registrarKey}`,
      ],
    }),
  );
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const shared = { colorScheme: "light", reducedMotion: "reduce", locale: "en-GB" } as const;
  const phone = await browser.newContext({
    ...shared,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1.5,
  });
  const owner = await patient(phone);
  await giveKeyring(owner, door.url, testSeed(1));
  const desktop = await browser.newContext({ ...shared, viewport: { width: 1280, height: 900 } });
  const desk = await patient(desktop);
  const made = stack.move();
  return {
    portal,
    door,
    agency,
    agencyKeyFile: keyFile({ seed: agencySeed, name, day: "2026-01-31" }),
    owner,
    desk,
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  };
}

async function patient(context: BrowserContext): Promise<Page> {
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

async function keysOfPortal(url: string): Promise<{ logKey: string; registrarKey: string }> {
  const answer = await fetch(`${url}/api/portal`);
  return (await answer.json()) as { logKey: string; registrarKey: string };
}
