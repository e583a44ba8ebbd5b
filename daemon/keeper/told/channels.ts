/**
 * Channels: which ways out there are, and how each does: what the settings name, what the courier says.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Clock } from "../../../hal/sensors.ts";
import type { PictureChannel } from "../../wire/alert-picture.ts";
import type { ChannelState } from "../../wire/api-alerts.ts";
import type { CourierStatus } from "../../wire/messages.ts";
import { houseChannels, type AlertChannel, type HouseChannel } from "../../wire/told.ts";

/** Those that the settings name. */
export function channelsOf({ mqtt, alerts }: Pick<Settings, "mqtt" | "alerts">): HouseChannel[] {
  const urls = { mqtt: mqtt.url, ntfy: alerts.ntfyUrl, webhook: alerts.webhookUrl };
  return houseChannels.filter((channel) => urls[channel] !== "");
}

/** Where pictures would go, of those that are named. */
export function hostsOf({ alerts }: Pick<Settings, "alerts">): Partial<Record<PictureChannel, string>> {
  const { ntfyUrl, webhookUrl } = alerts;
  return {
    ...(ntfyUrl === "" ? {} : { ntfy: new URL(ntfyUrl).host }),
    ...(webhookUrl === "" ? {} : { webhook: new URL(webhookUrl).host }),
  };
}

export class Channels {
  readonly #clock: Clock;
  readonly #taken = new Map<AlertChannel, number>();
  readonly #dropped = new Map<AlertChannel, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The courier is done with one alert: it is there, or was given up. */
  done(channel: AlertChannel, taken: boolean): void {
    (taken ? this.#taken : this.#dropped).set(channel, Math.round(this.#clock.wallMs()));
  }

  /** `courier` null = it is away. */
  states(on: readonly AlertChannel[], courier: CourierStatus | null): ChannelState[] {
    return houseChannels.map((channel) => ({
      channel,
      on: on.includes(channel),
      lastTakenWallMs: this.#taken.get(channel) ?? null,
      lastDroppedWallMs: this.#dropped.get(channel) ?? null,
      fault: on.includes(channel) ? faultOf(channel, courier) : null,
    }));
  }
}

function faultOf(channel: AlertChannel, courier: CourierStatus | null): string | null {
  if (courier === null) return "the courier is not running";
  if (channel === "mqtt" && courier.mqtt?.fault !== undefined) return courier.mqtt.fault.message;
  return courier.stages.find(({ name }) => name === channel)?.lastError ?? null;
}
