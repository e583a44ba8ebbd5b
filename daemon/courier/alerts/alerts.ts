/**
 * Alerts: what the keeper says has happened, to every channel that the settings name.
 *
 *   happened -> mqtt, ntfy, webhook, push -> each says when it is done: the keeper need not say it again for that one
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { asMeant, toldAs, type ToldKind } from "../../alerts/kinds.ts";
import type { CourierToKeeper } from "../../wire/messages.ts";
import {
  alertIdOf,
  type AlertChannel,
  type AlertSaid,
  type Facts,
  type HappenedDone,
  type PhonesSaid,
  type SwitchSaid,
} from "../../wire/told.ts";
import type { PictureSend } from "../../wire/alert-picture.ts";
import type { Call, HttpClient } from "../http/client.ts";
import { Mqtt, type MqttState } from "../mqtt/mqtt.ts";
import { Push } from "../push/push.ts";
import { readSecret } from "../secret.ts";
import type { Stages } from "../stages.ts";
import { taken } from "./answer.ts";
import { Channel, type Aged, type SendAlerts } from "./channel.ts";
import { ntfyOf, ntfyPictureOf, type Published } from "./ntfy.ts";
import { Pictures } from "./pictures.ts";
import { webhookOf, webhookPictureOf, type Sender, type Signer } from "./webhook.ts";

export interface AlertsOptions {
  readonly settings: Pick<Settings, "alerts" | "mqtt">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly stages: Stages;
  readonly newClient: () => HttpClient;
  /** Calls push services, and nobody else. */
  readonly newPushClient: () => HttpClient;
  readonly tell: (message: CourierToKeeper) => void;
  /** To a keeper that is there: what it hears later would be wrong. */
  readonly tellNow: (message: CourierToKeeper) => void;
  readonly onChange: () => void;
}

/** Nobody waits for an alert for a minute. */
const callMs = 20_000;
const mostRemembered = 256;

interface Way {
  happened(said: AlertSaid): void;
}

export class Alerts implements AsyncDisposable {
  readonly #options: AlertsOptions;
  readonly #mqtt: Mqtt | null;
  readonly #ways = new Map<AlertChannel, Way>();
  readonly #stack = new AsyncDisposableStack();
  /** What this process was told to tell, by channel; null = it is on its way there. */
  readonly #known = new Map<string, Map<AlertChannel, HappenedDone | null>>();
  readonly #push: Push;
  readonly #pictures: Pictures;
  /** Events whose picture went to ntfy, the latest. */
  readonly #pictured = new Set<string>();
  #sender: Sender | null = null;

  constructor(options: AlertsOptions) {
    this.#options = options;
    const { alerts, mqtt } = options.settings;
    const onDone = (alert: string, taken: boolean): void => this.#done(alert, "mqtt", taken);
    const onSwitch = (said: SwitchSaid): void => options.tellNow(said);
    const broker =
      mqtt.url === "" ? null : this.#stack.use(new Mqtt({ ...options, settings: mqtt, onDone, onSwitch }));
    this.#mqtt = broker;
    // home systems count for themselves: digests are for people
    if (broker !== null)
      this.#ways.set("mqtt", {
        happened: (said) => {
          if (said.type === "happened") broker.happened(said);
          else this.#done(alertIdOf(said), "mqtt", false);
        },
      });
    if (alerts.ntfyUrl !== "") this.#ways.set("ntfy", this.#wanted("ntfy", this.#ntfy()));
    if (alerts.webhookUrl !== "") this.#ways.set("webhook", this.#wanted("webhook", this.#webhook()));
    this.#push = this.#stack.use(this.#openPush());
    this.#pictures = this.#stack.use(this.#openPictures());
  }

  /** Null = no broker is set. */
  get mqtt(): MqttState | null {
    return this.#mqtt?.state ?? null;
  }

  facts(facts: Facts): void {
    this.#sender = { device: facts.device, name: facts.name };
    this.#mqtt?.facts(facts);
  }

  phones(phones: PhonesSaid): void {
    this.#push.phones(phones);
  }

  testPhone(ask: { readonly phone: string; readonly test: string }): void {
    void this.#push.test(ask);
  }

  /** Said twice, when the keeper was not told in time that it is done, it is told once. */
  happened(said: AlertSaid): void {
    const id = alertIdOf(said);
    const known = this.#known.get(id) ?? new Map<AlertChannel, HappenedDone | null>();
    this.#known.set(id, known);
    for (const oldest of this.#known.keys())
      if (this.#known.size > mostRemembered) this.#known.delete(oldest);
    for (const [channel, way] of this.#ways) {
      if (said.done.includes(channel)) continue;
      const done = known.get(channel);
      if (done === undefined) {
        known.set(channel, null);
        way.happened(said);
      } else if (done !== null) this.#options.tell(done);
    }
    if (said.phones.length > 0 && !said.done.includes("push")) this.#push.happened(said);
  }

  /** After the words of it; an owner signed that it may go there, and the ledger has it. */
  picture(picture: PictureSend): Promise<void> {
    if (picture.channel === "ntfy") {
      this.#pictured.add(picture.event);
      for (const oldest of this.#pictured)
        if (this.#pictured.size > mostRemembered) this.#pictured.delete(oldest);
    }
    return this.#pictures.send(picture);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #done(alert: string, channel: AlertChannel, taken: boolean): void {
    const done = { type: "happened-done", alert, channel, taken } as const;
    this.#known.get(alert)?.set(channel, done);
    this.#options.tell(done);
  }

  #wanted(channel: AlertChannel, way: Way): Way {
    const kinds = asMeant(this.#options.settings.alerts.kinds);
    // who asked for what is taken for nothing hears of it as of a movement
    const isWanted = (kind: ToldKind): boolean =>
      kinds.some((each) => each === kind || toldAs(each) === kind);
    return {
      happened: (said) => {
        if (said.type === "digest" || isWanted(said.kind)) way.happened(said);
        else this.#done(alertIdOf(said), channel, false);
      },
    };
  }

  #ntfy(): Channel {
    const { alerts, mqtt } = this.#options.settings;
    return this.#channel("ntfy", alerts.ntfyUrl, 3, async (alerted) => {
      return this.#withToken(ntfyOf(alerted, this.#sender?.name ?? mqtt.name, this.#pictured));
    });
  }

  async #withToken({ headers, body }: Published): Promise<Published> {
    const { ntfyTokenFile } = this.#options.settings.alerts;
    const token = await readSecret(ntfyTokenFile, "alerts.ntfyTokenFile");
    return { body, headers: token === null ? headers : { ...headers, Authorization: `Bearer ${token}` } };
  }

  #webhook(): Channel {
    const { webhookUrl } = this.#options.settings.alerts;
    return this.#channel("webhook", webhookUrl, Infinity, async ([alerted]) => {
      const by = await this.#signer();
      if (alerted === undefined) throw new Fault("bug", "an alert without an event");
      return webhookOf(alerted.said, by);
    });
  }

  async #signer(): Promise<Signer> {
    const { webhookSecretFile } = this.#options.settings.alerts;
    const secret = await readSecret(webhookSecretFile, "alerts.webhookSecretFile");
    if (secret === null)
      throw new Fault("invalid", "the setting alerts.webhookSecretFile is not set", {
        hint: "a webhook is signed, so that its receiver can tell it from others: openssl rand -base64 32",
      });
    const sender = this.#sender;
    if (sender === null) throw new Fault("unavailable", "the keeper has not said who we are");
    return { sender, secret, wallMs: this.#options.clock.wallMs() };
  }

  #openPictures(): Pictures {
    const { settings, stages, newClient, tell } = this.#options;
    const { ntfyUrl, webhookUrl } = settings.alerts;
    const name = (): string => this.#sender?.name ?? settings.mqtt.name;
    const ntfy = async (picture: PictureSend) => ({
      method: "PUT" as const,
      ...(await this.#withToken(ntfyPictureOf(picture, name()))),
    });
    const webhook = async (picture: PictureSend) => ({
      method: "POST" as const,
      ...webhookPictureOf(picture, await this.#signer()),
    });
    return new Pictures({
      ways: {
        ...(ntfyUrl === "" ? {} : { ntfy: { url: ntfyUrl, compose: ntfy } }),
        ...(webhookUrl === "" ? {} : { webhook: { url: webhookUrl, compose: webhook } }),
      },
      newClient,
      stage: () => stages.at("alert pictures"),
      onDone: tell,
    });
  }

  #openPush(): Push {
    const { clock, random, stages, newPushClient: newClient, tell, settings } = this.#options;
    return new Push({
      clock,
      random,
      stage: () => stages.at("push"),
      newClient,
      contact: settings.alerts.pushContact,
      name: () => this.#sender?.name ?? settings.mqtt.name,
      onDone: (alert, taken) => this.#done(alert, "push", taken),
      tell,
    });
  }

  /** What is answered counts by its status alone: whatever a receiver says beside it, it has had the alert. */
  #channel(
    name: "ntfy" | "webhook",
    url: string,
    digestOver: number,
    compose: (alerts: readonly Aged[]) => Promise<Pick<Call, "headers" | "body">>,
  ): Channel {
    const { clock, random, stages, newClient } = this.#options;
    const client = this.#stack.use(newClient());
    const { host } = new URL(url);
    const send: SendAlerts = async (alerts) => {
      const message = await compose(alerts);
      taken(await client.call({ method: "POST", url, ...message, totalMs: callMs, statusOnly: true }), host);
    };
    const onDone = (alert: string, taken: boolean): void => this.#done(alert, name, taken);
    return this.#stack.use(new Channel({ clock, random, stage: stages.at(name), send, digestOver, onDone }));
  }
}
