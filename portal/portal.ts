/**
 * Portal: everything on one data folder, opened in order and closed in the other.
 *
 * `openBack` is what stands behind the pages: keys, store, log, bytes. The command line uses it beside a service
 * that runs (the log has one writer over all processes). `openPortal` is the service.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import { diskFiles } from "../daemon/files/disk.ts";
import { systemClock } from "../hal/clock.ts";
import { toFault, type Fault } from "../hal/fault.ts";
import type { Clock } from "../hal/sensors.ts";
import type { ParcelBytes } from "./bytes/bytes.ts";
import { openFolder } from "./bytes/folder.ts";
import { openS3 } from "./bytes/s3.ts";
import { DeskSessions } from "./desk/sessions.ts";
import { Receiving } from "./dock/receiving.ts";
import { sweep } from "./dock/sweep.ts";
import { openKeys, type PortalKeys } from "./keys/keys.ts";
import { PublicLog } from "./log/public-log.ts";
import { Records } from "./log/records.ts";
import { LogServer } from "./log/serve.ts";
import type { RegistrarsOffice } from "./office/agencies.ts";
import type { PortalContext } from "./server/context.ts";
import { openServer } from "./server/server.ts";
import type { PortalSettings } from "./settings/schema.ts";
import { openStore } from "./store/open.ts";
import type { Store } from "./store/store.ts";

const sweepMs = 5 * 60_000;
const webRoot = join(import.meta.dirname, "web", "dist");

export interface Back extends AsyncDisposable {
  readonly keys: PortalKeys;
  readonly store: Store;
  readonly records: Records;
  readonly office: RegistrarsOffice;
}

export async function openBack(settings: PortalSettings, clock: Clock = systemClock): Promise<Back> {
  await mkdir(settings.data, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw toFault(error, `cannot make the folder ${settings.data}`);
  });
  const keys = await openKeys(settings.data, settings.origin);
  const store = await openStore({ data: settings.data, url: settings.database.url, clock });
  try {
    const files = diskFiles(settings.data);
    const records = new Records(new PublicLog({ files, signer: keys.log, logKey: keys.logKey }), store);
    await records.open();
    return {
      keys,
      store,
      records,
      office: { records, registry: store.registry, registrar: keys.registrar, clock },
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
}

export interface Portal extends AsyncDisposable, Omit<Back, typeof Symbol.asyncDispose> {
  /** Its public address. */
  readonly url: string;
  /** Where it listens. */
  readonly listens: string;
  /** What runs every few minutes. */
  sweep(): Promise<void>;
}

export interface PortalOptions {
  readonly clock?: Clock;
  readonly log?: Logger;
}

export async function openPortal(settings: PortalSettings, options: PortalOptions = {}): Promise<Portal> {
  const { clock = systemClock, log = pino({ level: settings.log.level, base: { process: "portal" } }) } =
    options;
  await using closing = new AsyncDisposableStack();
  const back = closing.use(await openBack(settings, clock));
  const { store, records, keys } = back;
  const bytes = closing.use(await openBytes(settings));
  const onFault = ({ kind, message }: Fault): void =>
    log.warn({ fault: { kind, message } }, "a parcel failed");
  const receiving = new Receiving({ store, bytes, settings: settings.dock, clock, onFault });
  let url = settings.url;
  const context: PortalContext = {
    settings,
    clock,
    keys,
    store,
    bytes,
    records,
    receiving,
    webRoot,
    logServer: new LogServer(diskFiles(settings.data), clock),
    sessions: new DeskSessions({ clock, registry: store.registry, device: keys.registrar.signKey }),
    url: () => url,
  };
  const server = closing.use(await openServer(context, log));
  if (url === "") url = server.listens;
  const sweepNow = (): Promise<void> => sweep({ store, receiving, records, clock });
  const cancel = clock.every(sweepMs, () => {
    sweepNow().catch((error: unknown) => {
      const { kind, message } = toFault(error);
      log.warn({ fault: { kind, message } }, "the sweep failed");
    });
  });
  closing.defer(cancel);
  const all = closing.move();
  return {
    keys,
    store,
    records,
    office: back.office,
    url,
    listens: server.listens,
    sweep: sweepNow,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function openBytes({ data, s3 }: PortalSettings): Promise<ParcelBytes> {
  return s3.bucket === "" ? openFolder(join(data, "parcels")) : openS3(s3);
}
