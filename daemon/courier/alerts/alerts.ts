/**
 * Alerts: what the keeper says has happened, to every channel that the settings name.
 *
 *   happened -> mqtt, ntfy, webhook -> when all of them are done: the keeper need not say it again
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { Facts, HappenedSaid } from "../../wire/told.ts";
import type { HttpClient } from "../http/client.ts";
import { Mqtt, type MqttState } from "../mqtt/mqtt.ts";
import { readSecret } from "../secret.ts";
import type { Stages } from "../stages.ts";
import { taken } from "./answer.ts";
import { Channel, type SendAlerts } from "./channel.ts";
import { ntfyOf } from "./ntfy.ts";
import { webhookOf, type Sender } from "./webhook.ts";

export interface AlertsOptions {
  readonly settings: Pick<Settings, "alerts" | "mqtt">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly stages: Stages;
  readonly newClient: () => HttpClient;
  readonly onDone: (event: string) => void;
  readonly onChange: () => void;
}

/** Nobody waits for an alert for a minute. */
const callMs = 20_000;
const mostRemembered = 256;

interface Way {
  happened(said: HappenedSaid): void;
}

export class Alerts implements AsyncDisposable {
  readonly #options: AlertsOptions;
  readonly #mqtt: Mqtt | null;
  readonly #ways: readonly Way[];
  readonly #stack = new AsyncDisposableStack();
  /** How many channels are not done with it; 0 = all are. */
  readonly #open = new Map<string, number>();
  #sender: Sender | null = null;

  constructor(options: AlertsOptions) {
    this.#options = options;
    const { alerts, mqtt } = options.settings;
    const onDone = (event: string): void => this.#done(event);
    this.#mqtt = mqtt.url === "" ? null : this.#stack.use(new Mqtt({ ...options, settings: mqtt, onDone }));
    const wanted = (way: Way): Way => ({
      happened: (said) => (alerts.kinds.includes(said.kind) ? way.happened(said) : onDone(said.event)),
    });
    this.#ways = [
      ...(this.#mqtt === null ? [] : [this.#mqtt]),
      ...(alerts.ntfyUrl === "" ? [] : [wanted(this.#ntfy())]),
      ...(alerts.webhookUrl === "" ? [] : [wanted(this.#webhook())]),
    ];
  }

  /** Null = no broker is set. */
  get mqtt(): MqttState | null {
    return this.#mqtt?.state ?? null;
  }

  facts(facts: Facts): void {
    this.#sender = { device: facts.device, name: facts.name };
    this.#mqtt?.facts(facts);
  }

  /** Said twice, when the keeper was not told in time that it is done, it is told once. */
  happened(said: HappenedSaid): void {
    const open = this.#open.get(said.event);
    if (open === 0) return this.#options.onDone(said.event);
    if (open !== undefined) return;
    this.#open.set(said.event, this.#ways.length);
    for (const event of this.#open.keys()) if (this.#open.size > mostRemembered) this.#open.delete(event);
    for (const way of this.#ways) way.happened(said);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }

  #done(event: string): void {
    const open = (this.#open.get(event) ?? 1) - 1;
    if (this.#open.has(event)) this.#open.set(event, open);
    if (open === 0) this.#options.onDone(event);
  }

  #ntfy(): Channel {
    const { alerts, mqtt } = this.#options.settings;
    const { ntfyUrl: url, ntfyTokenFile } = alerts;
    return this.#channel("ntfy", 3, url, async (client, said) => {
      const token = await readSecret(ntfyTokenFile, "alerts.ntfyTokenFile");
      const { headers, body } = ntfyOf(said, this.#sender?.name ?? mqtt.name, this.#options.clock.wallMs());
      const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
      return client.call({
        method: "POST",
        url,
        body,
        headers: { ...headers, ...authorization },
        totalMs: callMs,
      });
    });
  }

  #webhook(): Channel {
    const { webhookUrl: url, webhookSecretFile } = this.#options.settings.alerts;
    return this.#channel("webhook", Infinity, url, async (client, [said]) => {
      const secret = await readSecret(webhookSecretFile, "alerts.webhookSecretFile");
      if (secret === null)
        throw new Fault("invalid", "alerts.webhookSecretFile is not set", {
          hint: "a webhook is signed, so that its receiver can tell it from others: openssl rand -base64 32",
        });
      if (this.#sender === null || said === undefined)
        throw new Fault("unavailable", "the keeper has not said who we are");
      const { headers, body } = webhookOf(said, this.#sender, secret, this.#options.clock.wallMs());
      return client.call({ method: "POST", url, body, headers, totalMs: callMs });
    });
  }

  #channel(
    name: "ntfy" | "webhook",
    digestOver: number,
    url: string,
    call: (client: HttpClient, alerts: readonly HappenedSaid[]) => ReturnType<HttpClient["call"]>,
  ): Channel {
    const { clock, random, stages, newClient } = this.#options;
    const client = this.#stack.use(newClient());
    const { host } = new URL(url);
    const send: SendAlerts = async (alerts) => taken(await call(client, alerts), host);
    const onDone = (event: string): void => this.#done(event);
    return this.#stack.use(new Channel({ clock, random, stage: stages.at(name), send, digestOver, onDone }));
  }
}
