/**
 * Broker: one connection to an MQTT broker that comes back by itself.
 *
 * MQTT 3.1.1, a clean session each time. Back-off doubles from a second to five minutes, with jitter, so that a
 * broker that restarts is not stormed by a street of doorbells. Files of password and certificate are read at
 * each attempt: a corrected one counts without a restart. Without TLS only addresses of the home network are
 * called (http/home.ts).
 */
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { MqttClient } from "mqtt";
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { backOffMs } from "../back-off.ts";
import { isAddress, isWithin, lookupWithin, outside, type Reach } from "../http/home.ts";
import { readSecret } from "../secret.ts";
import { refusal } from "./refusal.ts";

export interface BrokerOptions {
  readonly settings: Settings["mqtt"];
  readonly clientId: string;
  /** Said by the broker when this connection is gone without a word. */
  readonly will: { readonly topic: string; readonly payload: string };
  /** Listened to. */
  readonly topics: readonly string[];
  readonly clock: Clock;
  /** 0 <= n < 1. */
  readonly random: () => number;
  readonly onUp: () => void;
  /** Once for each attempt that failed and each connection that was lost. */
  readonly onDown: (fault: Fault) => void;
  /** `retained`: it was there before this connection. */
  readonly onMessage: (topic: string, text: string, retained: boolean) => void;
}

const waits = { firstMs: 1_000, lastMs: 5 * 60_000 };
const connectTimeoutMs = 10_000;
const keepaliveS = 30;
const closeMs = 1_000;
const publishMs = 5_000;
/** A connection that lasted so long was a good one. */
const goodMs = 60_000;

interface Saying {
  readonly retain: boolean;
  readonly mostMs?: number;
}

interface Door {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly reach: Reach;
}

function doorOf(address: string): Door {
  const url = new URL(address);
  const isSecure = url.protocol === "mqtts:";
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  const reach = isSecure ? "anywhere" : "home";
  return { host, port: Number(url.port) || (isSecure ? 8_883 : 1_883), isSecure, reach };
}

export class Broker implements AsyncDisposable {
  readonly #options: BrokerOptions;
  readonly #door: Door;
  #client: MqttClient | null = null;
  #failures = 0;
  /** Since when it is connected. */
  #upMonoMs: number | null = null;
  #closed = false;
  #cancelRetry = (): void => {};

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#door = doorOf(options.settings.url);
    void this.#connect();
  }

  get connected(): boolean {
    return this.#client?.connected ?? false;
  }

  /** Resolves to whether the broker has taken it; one that says nothing is left, in the client's own time. */
  async publish(topic: string, payload: string, { retain, mostMs = publishMs }: Saying): Promise<boolean> {
    const client = this.#client;
    if (client === null || !client.connected) return false;
    const { promise: taken, resolve } = Promise.withResolvers<boolean>();
    const onClose = (): void => resolve(false);
    client.once("close", onClose);
    const giveUp = setTimeout(() => {
      resolve(false);
      if (client === this.#client) client.end(true);
    }, mostMs);
    client.publish(topic, payload, { qos: 1, retain }, (error) => resolve(!error));
    const is = await taken;
    clearTimeout(giveUp);
    client.off("close", onClose);
    return is;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#cancelRetry();
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(closeMs, resolve);
    client.end(!client.connected, {}, () => resolve());
    await ended;
    cancel();
  }

  async #connect(): Promise<void> {
    const { settings, clientId, will, topics, onUp, onMessage } = this.#options;
    try {
      const { host, reach } = this.#door;
      if (isAddress(host) && !isWithin(host, reach)) throw outside(host);
      const password = await readSecret(settings.passwordFile, "mqtt.passwordFile");
      const ca = await readSecret(settings.caFile, "mqtt.caFile");
      // 10 MB that a doorbell without a broker does not need
      const mqtt = await import("mqtt");
      if (this.#closed) return;
      let why: unknown = null;
      const note = (error: unknown): void => void (why ??= error);
      const client = new mqtt.MqttClient(() => this.#stream(ca, note), {
        protocolVersion: 4,
        clientId,
        ...(settings.username === "" ? {} : { username: settings.username }),
        ...(password === null ? {} : { password }),
        will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true },
        clean: true,
        keepalive: keepaliveS,
        connectTimeout: connectTimeoutMs,
        reconnectPeriod: 0,
        queueQoSZero: false,
        resubscribe: false,
        timerVariant: "native",
      });
      this.#client = client;
      client.on("error", note);
      client.on("connect", () => {
        this.#upMonoMs = this.#options.clock.monoMs();
        why = null;
        client.subscribe([...topics], { qos: 0 });
        onUp();
      });
      client.on("message", (topic, bytes, { retain }) =>
        onMessage(topic, bytes.subarray(0, 64).toString("utf8"), retain),
      );
      client.once("close", () => this.#down(why ?? new Fault("unavailable", this.#lost)));
    } catch (error) {
      this.#down(error);
    }
  }

  get #lost(): string {
    return `the connection to the MQTT broker ${this.#door.host} was lost`;
  }

  #stream(ca: string | null, note: (error: unknown) => void): Socket {
    const { host, port, isSecure, reach } = this.#door;
    const lookup = lookupWithin(reach);
    const to = { host, port, ...(lookup === undefined ? {} : { lookup }) };
    const servername = isAddress(host) ? {} : { servername: host };
    const socket = isSecure
      ? connectTls({ ...to, ...servername, ...(ca === null ? {} : { ca }) })
      : connectTcp(to);
    // the client tells only of some of its errors
    return socket.once("error", note);
  }

  #down(error: unknown): void {
    if (this.#closed) return;
    this.#client?.end(true);
    this.#client = null;
    if (this.#upMonoMs !== null && this.#options.clock.monoMs() - this.#upMonoMs >= goodMs)
      this.#failures = 0;
    this.#upMonoMs = null;
    this.#failures += 1;
    const { clock, random, onDown } = this.#options;
    onDown(refusal(this.#door.host, error));
    this.#cancelRetry = clock.after(backOffMs(this.#failures, waits, random()), () => void this.#connect());
  }
}
