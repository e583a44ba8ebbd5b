/**
 * Switches: what the broker may switch, as the settings allow it, and commands that are taken for one. Pure but for
 * its clock.
 *
 * ON and OFF, nothing else. A command that is retained is none: it would be carried out again with every connection,
 * long after who gave it forgot. More than a few in a minute are a loop between two automations and are dropped; of ON twice
 * as many are taken as of OFF, so that a loop ends closed and snoozed, never open.
 */
import type { Clock } from "../../../hal/sensors.ts";
import { SwitchLimits } from "../../wire/switch-limits.ts";
import type { SwitchName, SwitchSaid } from "../../wire/told.ts";
import type { Stage } from "../../wire/stages.ts";
import type { Topics } from "./topics.ts";

export interface Command {
  readonly topic: string;
  readonly text: string;
  readonly retained: boolean;
}

export const switchEntities: Readonly<Record<SwitchName, { readonly name: string; readonly icon: string }>> =
  {
    privacy: { name: "Privacy now", icon: "mdi:eye-off" },
    snooze: { name: "Snooze", icon: "mdi:bell-sleep" },
  };

export class Switches {
  readonly #allowed: readonly SwitchName[];
  readonly #topics: Topics;
  readonly #stage: Stage;
  readonly #limits: SwitchLimits;

  constructor(
    allowed: readonly SwitchName[],
    topics: Topics,
    { clock, stage }: { clock: Clock; stage: Stage },
  ) {
    this.#allowed = allowed;
    this.#topics = topics;
    this.#stage = stage;
    this.#limits = new SwitchLimits(clock);
  }

  /** To be listened to. */
  get topics(): string[] {
    return this.#allowed.map((name) => this.#topics.set[name]);
  }

  /** Null = not for us, or nothing that is carried out; the latter is counted. */
  take({ topic, text, retained }: Command): SwitchSaid | null {
    const name = this.#allowed.find((each) => this.#topics.set[each] === topic);
    if (name === undefined) return null;
    this.#stage.in += 1;
    const isCommand = text === "ON" || text === "OFF";
    if (!isCommand || retained || !this.#limits.take(name, text === "ON")) {
      this.#stage.dropped += 1;
      return null;
    }
    this.#stage.out += 1;
    return { type: "switch", name, on: text === "ON" };
  }
}
