/**
 * Switches: what the house's broker may switch, carried out. The courier only passes it on; what is allowed, how often, and
 * what a person said before is judged here.
 *
 * The asymmetry: the broker closes the camera's sight and snoozes the house's channels, and undoes what it did itself.
 * What a person did on the page it leaves alone; whoever lives here undoes what it did.
 */
import type { Settings } from "../../../config/schema.ts";
import { toFault } from "../../../hal/fault.ts";
import type { Clock } from "../../../hal/sensors.ts";
import { SwitchLimits } from "../../wire/switch-limits.ts";
import type { SwitchSaid } from "../../wire/told.ts";
import type { PrivacyDesk } from "../privacy/desk.ts";
import type { HouseSnooze } from "./house-snooze.ts";

const broker = { by: "broker", name: null } as const;

export interface SwitchesOptions {
  readonly settings: Pick<Settings["mqtt"], "switches">;
  readonly clock: Clock;
  readonly privacy: Pick<PrivacyDesk, "state" | "close" | "openFor">;
  readonly snooze: Pick<HouseSnooze, "current" | "snooze">;
}

export class Switches {
  readonly #options: SwitchesOptions;
  readonly #limits: SwitchLimits;
  in = 0;
  out = 0;
  dropped = 0;
  lastError: string | undefined;

  constructor(options: SwitchesOptions) {
    this.#options = options;
    this.#limits = new SwitchLimits(options.clock);
  }

  /** Resolves when it was carried out, or not; never rejects. */
  async handle({ name, on }: SwitchSaid): Promise<void> {
    this.in += 1;
    if (!this.#options.settings.switches.includes(name) || !this.#limits.take(name, on)) {
      this.dropped += 1;
      return;
    }
    try {
      await (name === "privacy" ? this.#privacy(on) : this.#snooze(on));
      this.out += 1;
    } catch (error) {
      this.dropped += 1;
      this.lastError = toFault(error).message;
    }
  }

  async #privacy(on: boolean): Promise<void> {
    const { privacy } = this.#options;
    if (!on) return privacy.openFor(broker);
    // said again it changes nothing: an automation repeats itself
    if (privacy.state.by === "broker" && privacy.state.untilWallMs === null) return;
    await privacy.close({ ...broker, forMs: null });
  }

  async #snooze(on: boolean): Promise<void> {
    const { snooze } = this.#options;
    const { current } = snooze;
    if (on && current === null) return snooze.snooze(Infinity);
    // by = null is the broker's own
    if (!on && current?.by === null) return snooze.snooze(null);
  }
}
