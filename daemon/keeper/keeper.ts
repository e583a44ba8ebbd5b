/**
 * Keeper: opens the parts in order, closes them in reverse.
 *
 * Pages can connect and the button rings before the index is open; the eye is let in after the
 * first attempt to open it, so that a clip it is recording is not mistaken for a crash's.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Settings } from "../../config/schema.ts";
import { systemClock } from "../../hal/clock.ts";
import { Fault, toFault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Status } from "../wire/api-status.ts";
import type { Duties } from "../wire/notify.ts";
import { privateFolder, sweptFolder } from "../files/modes.ts";
import { pathsOf, socketFolders, type DataPaths } from "../wire/paths.ts";
import type { Route } from "./api/route-table.ts";
import { openServer } from "./api/server.ts";
import { buildParts } from "./build.ts";
import { controlDesk } from "./control/desk.ts";
import { openControl } from "./control/server.ts";
import { stampData } from "./data-stamp.ts";
import { DrawnZones } from "./drawn-zones.ts";
import { keeperDuties } from "./duties.ts";
import { openConsent } from "./consent/consent.ts";
import { settleRequests } from "./consent/settle-timer.ts";
import { faultFields, openLog, type Logger } from "./log.ts";
import { diskFiles } from "../files/disk.ts";
import { viewerIdsOf } from "../household/household.ts";
import { HeldFile } from "./told/held-file.ts";
import { RulesBook } from "./told/rules-book.ts";
import { PolicyBook } from "./policy-book.ts";
import { openPeople } from "./people/people.ts";
import { isLoopback, localUrl, networkUrl } from "./page-address.ts";
import { openCertificate } from "./tls/certificate.ts";
import { NamedCertificate } from "./tls/named.ts";
import { ownNames } from "./tls/names.ts";
import { refuseSecondKeeper } from "./second-keeper.ts";
import { sensorDrivers, soundDrivers, type SensorDrivers } from "./sensors/drivers.ts";
import type { SoundDrivers } from "./talk/door-sound.ts";
import { statusOf } from "./status.ts";

export interface KeeperOptions {
  readonly settings: Settings;
  /** Wall time at which the simulated porch is at 0. */
  readonly epochWallMs: number;
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Instead of those that the settings mean. */
  readonly drivers?: SensorDrivers;
  readonly sounds?: SoundDrivers;
  /** Folder of the built page. */
  readonly webRoot?: string;
}

export interface Keeper extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** Every route with whom it is for. */
  readonly routes: readonly Route[];
  readonly duties: Duties;
  status(): Status;
  /** Resolves when every change so far is durable, or the store has just failed. */
  settled(): Promise<void>;
}

const builtPage = fileURLToPath(new URL("../../web/dist", import.meta.url));

async function makeFolders(paths: DataPaths): Promise<void> {
  try {
    for (const folder of [paths.root, paths.journal, paths.run, ...socketFolders(paths)])
      await mkdir(folder, { recursive: true, mode: privateFolder });
    for (const folder of [paths.clips, paths.motion])
      await mkdir(folder, { recursive: true, mode: sweptFolder });
  } catch (error) {
    const { kind, message } = toFault(error, "cannot use the data folder");
    throw new Fault(kind, message, { hint: "choose another with --data", cause: error });
  }
}

/** Throws Fault: data folder not usable, another keeper on it, port in use. */
export async function openKeeper(options: KeeperOptions): Promise<Keeper> {
  const { settings, epochWallMs, clock = systemClock, webRoot = builtPage } = options;
  const log = options.log ?? openLog(settings);
  const drivers = options.drivers ?? sensorDrivers(settings, { clock, epochWallMs });
  const sounds = options.sounds ?? soundDrivers(settings, clock);
  const paths = pathsOf(settings);
  await makeFolders(paths);
  await refuseSecondKeeper(paths);
  await stampData(paths.stamp);

  await using stack = new AsyncDisposableStack();
  const people = stack.use(
    await openPeople({
      paths,
      clock,
      onNoCode: (error) =>
        log.warn(faultFields(toFault(error)), "there is no pairing code; sill pair makes one"),
    }),
  );
  if (people.household.fault !== null) log.error(faultFields(people.household.fault), "nobody can sign in");
  const policies = await PolicyBook.open(paths);
  const consent = await openConsent(paths.consent, settings.portal);
  for (const fault of [consent.feedStore.fault, consent.house.fault])
    if (fault !== null) log.error(faultFields(fault), "requests cannot be read");
  const { household } = people;
  const alertFiles = diskFiles(paths.alerts);
  const rules = await RulesBook.open({
    files: alertFiles,
    clock,
    present: () => (household.fault === null ? viewerIdsOf(household.current) : null),
  });
  if (rules.fault !== null) log.error(faultFields(rules.fault), "everything is told");
  const heldFile = await HeldFile.open(alertFiles, clock);
  if (heldFile.fault !== null) log.error(faultFields(heldFile.fault), "nothing waits to be told");
  const { certificateFile, keyFile } = settings.web;
  const named =
    certificateFile === "" || isLoopback(settings.web.host)
      ? null
      : stack.use(await NamedCertificate.open({ certificateFile, keyFile, clock }));
  if (named?.fault) log.error(faultFields(named.fault), "the page has no certificate that browsers trust");
  const parts = buildParts({
    settings,
    clock,
    log,
    drivers,
    sounds,
    paths,
    people,
    policies,
    consent,
    rules,
    named,
    heldFile,
    drawnZones: await DrawnZones.open(paths.zones, settings.motion),
  });
  const { store, book, sensors, eye, courier, rtsp, janitor, pages, metrics, feed } = parts;
  const { requestBook, grants, history, gaps, calibration, phones } = parts;
  stack.use(store);
  stack.use(calibration);
  stack.defer(() => book.close());
  stack.use(history);
  stack.defer(() => gaps.stop());
  stack.use(parts.doorSound);
  await Promise.all([
    parts.doorSound.open(),
    parts.replies.open(),
    parts.chimeTone.open(settings.chime.driver === "speaker"),
  ]);
  stack.use(phones);
  await Promise.all([history.open(), phones.open()]);
  const { host } = settings.web;
  const certificate = isLoopback(host)
    ? null
    : await openCertificate({
        folder: paths.tls,
        names: ownNames(host),
        wallMs: clock.wallMs(),
        onNotKept: (fault) => log.warn(faultFields(fault), "the certificate lasts until the next start"),
      });
  const onDeleted = (id: string): void => pages.tell({ type: "event-deleted", id });
  const server = stack.use(await openServer({ parts, paths, metrics, certificate, webRoot, onDeleted }, log));
  stack.use(parts.calls);
  stack.use(sensors);
  stack.use(eye);
  stack.use(courier);
  stack.use(rtsp);
  await Promise.all([store.open(), sensors.open()]);
  await parts.privacy.open();
  stack.use(parts.privacy);
  stack.use(parts.views);
  stack.use(parts.alertPictures);
  await eye.open();
  await grants.open();
  stack.use(grants);
  await courier.open();
  await rtsp.open();
  stack.defer(() => parts.selftest.cancel());
  stack.use(
    await openControl({ path: paths.controlSocket, answer: controlDesk(parts), counts: parts.control }),
  );
  stack.defer(() => janitor.stop());
  await janitor.start();
  stack.defer(
    settleRequests(requestBook, clock, (fault) =>
      log.error(faultFields(fault), "requests wait for the disk"),
    ),
  );
  stack.defer(() => parts.blind.stop());
  parts.blind.start();
  stack.defer(() => feed.stop());
  feed.start();

  const { address, port, routes } = server;
  stack.defer(() => parts.audience.stop());
  parts.audience.start();
  stack.defer(() => parts.teller?.stop());
  parts.teller?.start(networkUrl({ address, port }));
  log.info({ address, port }, "keeper is listening");
  const started = stack.move();
  return {
    address,
    port,
    routes,
    duties: keeperDuties({ store, url: localUrl({ address, port }), eye: () => eye.peer.connected }),
    status: () => statusOf(parts),
    settled: () => store.queue.settled(),
    async [Symbol.asyncDispose]() {
      await started.disposeAsync();
      log.info("keeper has stopped");
    },
  };
}
