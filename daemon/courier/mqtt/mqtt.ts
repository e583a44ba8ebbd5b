/**
 * MQTT: what the house was told, said at the broker.
 *
 * Discovery, state and "online" are retained and said anew on every connection, and when Home Assistant starts.
 * A ring or movement that the broker has not taken is tried again on the next connection, for half a minute:
 * later it would ring in a house where nobody stands at the door any more. What is dropped so is counted.
 */
import type { Settings } from "../../../config/schema.ts";
import type { Fault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { alertIdOf, type Facts, type HappenedSaid, type SwitchSaid } from "../../wire/told.ts";
import type { Stages } from "../stages.ts";
import { Broker } from "./broker.ts";
import { discoveryOf } from "./discovery.ts";
import { eventOf, stateOf } from "./state.ts";
import { Switches } from "./switches.ts";
import { topicsOf, type Topics } from "./topics.ts";

export interface MqttOptions {
  readonly settings: Settings["mqtt"];
  readonly clock: Clock;
  readonly random: () => number;
  readonly stages: Stages;
  /** The broker has it, or it became too old. */
  readonly onDone: (alert: string, taken: boolean) => void;
  /** Somebody at the broker switched something that the settings let them. */
  readonly onSwitch: (said: SwitchSaid) => void;
  /** The connection came or went. */
  readonly onChange: () => void;
}

export interface MqttState {
  readonly connected: boolean;
  readonly fault: Fault | null;
}

interface Waiting {
  readonly said: HappenedSaid;
  readonly untilMonoMs: number;
}

const keptMs = 30_000;
const mostWaiting = 64;
const goodbyeMs = 1_000;
/** The keeper has said by then what became of a command, if anything did. */
const answerMs = 1_000;
/** Home Assistant asks devices not to answer all at once when it starts. */
const greetWithinMs = 3_000;

export class Mqtt implements AsyncDisposable {
  readonly #options: MqttOptions;
  #broker: Broker | null = null;
  #topics: Topics | null = null;
  #facts: Facts | null = null;
  /** What the broker has: said again only when it changes. */
  #stateThere = "";
  #configThere = "";
  #waiting: Waiting[] = [];
  #isSaying = false;
  #fault: Fault | null = null;
  #cancelGreeting = (): void => {};
  #cancelAnswer = (): void => {};

  constructor(options: MqttOptions) {
    this.#options = options;
  }

  get state(): MqttState {
    return { connected: this.#broker?.connected ?? false, fault: this.#fault };
  }

  /** The first time says who we are, and connects. */
  facts(facts: Facts): void {
    this.#facts = facts;
    if (this.#broker === null) this.#open(facts.device);
    else this.#sayFacts();
  }

  happened(said: HappenedSaid): void {
    const { stages, clock } = this.#options;
    stages.at("mqtt").in += 1;
    this.#waiting.push({ said, untilMonoMs: clock.monoMs() + keptMs - said.agoMs });
    // the first may be on its way
    const oldest = this.#waiting[this.#isSaying ? 1 : 0];
    if (this.#waiting.length > mostWaiting && oldest !== undefined) {
      stages.at("mqtt").dropped += 1;
      this.#take(oldest, false);
    }
    void this.#sayWaiting();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancelGreeting();
    this.#cancelAnswer();
    const { status } = this.#topics ?? {};
    if (status !== undefined)
      await this.#broker?.publish(status, "offline", { retain: true, mostMs: goodbyeMs });
    await this.#broker?.[Symbol.asyncDispose]();
  }

  #open(device: string): void {
    const { settings, clock, random, onChange, stages } = this.#options;
    const topics = topicsOf(settings, device);
    this.#topics = topics;
    const switches = new Switches(settings.switches, topics, { clock, stage: stages.at("mqtt commands") });
    this.#broker = new Broker({
      settings,
      clientId: `sill-${device}`,
      will: { topic: topics.status, payload: "offline" },
      topics: [topics.homeStatus, ...switches.topics],
      clock,
      random,
      onUp: () => {
        this.#fault = null;
        delete stages.at("mqtt").lastError;
        this.#greet();
        onChange();
      },
      onDown: (fault) => {
        this.#fault = fault;
        stages.at("mqtt").lastError = fault.message;
        onChange();
      },
      onMessage: (topic, text, retained) => {
        const command = switches.take({ topic, text, retained });
        if (command !== null) return this.#switch(command);
        if (topic !== topics.homeStatus || text !== "online") return;
        this.#cancelGreeting();
        this.#cancelGreeting = clock.after(Math.round(random() * greetWithinMs), () => this.#greet());
      },
    });
  }

  /** Who switched is told how it is even when nothing became of it: their switch shows what they asked for. */
  #switch(command: SwitchSaid): void {
    this.#options.onSwitch(command);
    this.#stateThere = "";
    this.#cancelAnswer();
    this.#cancelAnswer = this.#options.clock.after(answerMs, () => this.#sayFacts());
  }

  /** Discovery before state: who does not know the device yet would not understand it. */
  #greet(): void {
    this.#configThere = "";
    this.#stateThere = "";
    this.#sayFacts();
    if (this.#topics !== null) void this.#broker?.publish(this.#topics.status, "online", { retain: true });
    void this.#sayWaiting();
  }

  #sayFacts(): void {
    if (this.#facts === null || this.#topics === null || !this.state.connected) return;
    const config = JSON.stringify(discoveryOf(this.#facts, this.#topics, this.#options.settings.switches));
    if (config !== this.#configThere)
      void this.#broker?.publish(this.#topics.config, config, { retain: true });
    this.#configThere = config;
    const state = JSON.stringify(stateOf(this.#facts));
    if (state !== this.#stateThere) void this.#broker?.publish(this.#topics.state, state, { retain: true });
    this.#stateThere = state;
  }

  /** In order, one after another; one that the broker did not take stays the first. */
  async #sayWaiting(): Promise<void> {
    if (this.#isSaying || this.#topics === null) return;
    this.#isSaying = true;
    const { stages, clock } = this.#options;
    try {
      for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
        if (next.untilMonoMs < clock.monoMs()) {
          stages.at("mqtt").dropped += 1;
          this.#take(next, false);
          continue;
        }
        const { kind } = next.said;
        const payload = JSON.stringify(eventOf(next.said));
        if ((await this.#broker?.publish(this.#topics.happened[kind], payload, { retain: false })) !== true)
          return;
        stages.at("mqtt").out += 1;
        this.#take(next, true);
      }
    } finally {
      this.#isSaying = false;
    }
  }

  #take({ said }: Waiting, taken: boolean): void {
    this.#waiting = this.#waiting.filter((each) => each.said !== said);
    this.#options.onDone(alertIdOf(said), taken);
  }
}
