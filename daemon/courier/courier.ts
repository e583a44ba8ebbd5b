/**
 * Courier: the keeper's messages, each to the part that does it.
 *
 *   feed-from -> feed                     parcel-send, parcel-stop -> parcels -> a dock or a folder
 *   chunk, chunk-refused -> chunk desk    dock-ask, dock-tell -> letters
 *   reach -> reach desk
 *   happened, digest, facts, phones, phone-test -> alerts
 *
 * It knows the settings' hosts, and nothing of this house: no place, no request, no key. What it is
 * to send comes in chunks from the keeper, each through the gate.
 */
import { randomInt } from "node:crypto";
import type { Settings } from "../../config/schema.ts";
import type { Clock } from "../../hal/sensors.ts";
import { connectLink, type Link } from "../wire/link.ts";
import {
  keeperToCourierSchema,
  wireVersion,
  type CourierStatus,
  type CourierToKeeper,
  type KeeperToCourier,
} from "../wire/messages.ts";
import { version } from "../wire/sill-version.ts";
import { Feed } from "./feed/feed.ts";
import { Alerts } from "./alerts/alerts.ts";
import { AllowList } from "./http/allow-list.ts";
import { HttpClient } from "./http/client.ts";
import type { MqttState } from "./mqtt/mqtt.ts";
import { ChunkDesk } from "./parcels/chunk-desk.ts";
import { LetterDesk } from "./parcels/letter-desk.ts";
import { Parcels } from "./parcels/parcels.ts";
import { Slots } from "./parcels/slots.ts";
import { PushList } from "./push/push-list.ts";
import { ReachDesk } from "./reach-desk.ts";
import { Stages } from "./stages.ts";
import { toldFault } from "./told-fault.ts";

const parcelsAtOnce = 2;
const statusEveryMs = 10_000;
const randomSteps = 2 ** 32;

export interface CourierOptions {
  readonly settings: Pick<Settings, "portal" | "archive" | "mqtt" | "alerts">;
  readonly socketPath: string;
  readonly clock: Clock;
  /** 0 <= n < 1; default: the system's source. */
  readonly random?: () => number;
}

export interface Courier extends AsyncDisposable {
  readonly connected: boolean;
}

/** Returns at once; connects, and connects again, in the background. */
export function openCourier(options: CourierOptions): Courier {
  const { settings, socketPath, clock } = options;
  const random = options.random ?? (() => randomInt(randomSteps) / randomSteps);
  const allow = new AllowList(settings);
  const newClient = (): HttpClient => new HttpClient({ allow, clock });
  const pushList = new PushList(settings.alerts.pushHosts);
  const stages = new Stages();
  const tell = (message: CourierToKeeper): void => link.send(message);

  const desk = new ChunkDesk({
    clock,
    stages,
    ask: (grant, offset) => tell({ type: "chunk-asked", grant, offset }),
  });
  const slots = new Slots(parcelsAtOnce);
  const parcels = new Parcels({ settings, clock, newClient, desk, slots, stages, tell });
  const letters = new LetterDesk({ newClient, stages, tell });
  const reach = new ReachDesk({ allow, clock, newClient, stages, tell });

  const alerts = new Alerts({
    settings,
    clock,
    random,
    stages,
    newClient,
    newPushClient: () => new HttpClient({ allow: pushList, clock }),
    tell,
    tellNow: (message) => {
      if (link.connected) tell(message);
    },
    onChange: () => tellStatus(),
  });

  const handle = (message: KeeperToCourier): void => {
    switch (message.type) {
      case "feed-from":
        return feed.goOnFrom(message.size);
      case "parcel-send":
        return parcels.send(message);
      case "parcel-stop":
        return parcels.stop(message);
      case "chunk-refused":
        return desk.refused(message.grant, message.offset, message.reason);
      case "dock-ask":
      case "dock-tell":
        return letters.handle(message);
      case "reach":
        return reach.ask(message.reach);
      case "happened":
      case "digest":
        return alerts.happened(message);
      case "picture-send":
        return void alerts.picture(message);
      case "facts":
        return alerts.facts(message);
      case "phones":
        return alerts.phones(message);
      case "phone-test":
        return alerts.testPhone(message);
    }
  };
  const tellStatus = (): void => {
    const { user, system } = process.cpuUsage();
    const cpuMs = Math.round((user + system) / 1_000);
    tell({
      type: "courier-status",
      stages: stages.list(),
      ...(alerts.mqtt === null ? {} : { mqtt: toldMqtt(alerts.mqtt) }),
      rssBytes: process.memoryUsage.rss(),
      cpuMs,
    });
  };
  const link: Link<CourierToKeeper> = connectLink<KeeperToCourier, CourierToKeeper>({
    path: socketPath,
    incoming: keeperToCourierSchema,
    clock,
    onMessage: handle,
    onBinary: (frame) => desk.handle(frame),
    onConnected: (connected) => {
      if (connected) {
        feed.greet();
        link.send({
          type: "hello",
          process: "courier",
          pid: process.pid,
          version: wireVersion,
          sill: version,
        });
        return tellStatus();
      }
      feed.forget();
      parcels.forget();
      reach.forget();
    },
  });
  const { url: portal, pollMinutes } = settings.portal;
  const feed = new Feed({ portal, everyMs: pollMinutes * 60_000, clock, random, link, newClient, stages });
  const cancelStatus = clock.every(statusEveryMs, () => {
    if (link.connected) tellStatus();
  });

  return {
    get connected() {
      return link.connected;
    },
    async [Symbol.asyncDispose]() {
      cancelStatus();
      const parts = [feed, parcels, letters, reach, alerts];
      await Promise.all(parts.map(async (part) => part[Symbol.asyncDispose]()));
      await link.close();
    },
  };
}

function toldMqtt({ connected, fault }: MqttState): NonNullable<CourierStatus["mqtt"]> {
  return { connected, ...(fault === null ? {} : { fault: toldFault(fault) }) };
}
