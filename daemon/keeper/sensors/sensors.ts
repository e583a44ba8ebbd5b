/**
 * Sensors: button, PIR, chime and light, kept open and counted.
 *
 * A PIR needs to settle after power-on: edges within pir.warmUpMs of its opening are counted but
 * not passed on. A chime or light that fails is opened anew; a ring does not wait for either.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault } from "../../../hal/fault.ts";
import type {
  Button,
  Chime,
  Clock,
  LightState,
  PirEdge,
  PirSensor,
  Press,
  StatusLight,
} from "../../../hal/sensors.ts";
import { asSimButton, asSimPir, type SensorDrivers } from "./drivers.ts";
import { Slot, type SensorStatus } from "./slot.ts";

export interface SensorsOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly drivers: SensorDrivers;
  readonly onPress: (press: Press) => void;
  /** Edges after the warm-up. */
  readonly onPir: (edge: PirEdge) => void;
  readonly onChange: () => void;
}

export class Sensors implements AsyncDisposable {
  readonly #options: SensorsOptions;
  readonly #button: Slot<Button>;
  readonly #pir: Slot<PirSensor>;
  readonly #chime: Slot<Chime>;
  readonly #light: Slot<StatusLight>;
  #pirReadyMonoMs = 0;
  #shown: LightState = "off";
  /** PIR edges within the warm-up. */
  unsettled = 0;

  constructor(options: SensorsOptions) {
    this.#options = options;
    const { clock, drivers, onChange } = options;
    const common = { clock, onChange };
    this.#button = new Slot({
      ...common,
      role: "button",
      driver: drivers.button,
      use: (button, lost) => this.#useButton(button, lost),
    });
    this.#pir = new Slot({
      ...common,
      role: "pir",
      driver: drivers.pir,
      use: (pir, lost) => this.#usePir(pir, lost),
    });
    this.#chime = new Slot({ ...common, role: "chime", driver: drivers.chime, use: () => {} });
    this.#light = new Slot({
      ...common,
      role: "light",
      driver: drivers.light,
      use: () => this.#show(this.#shown),
    });
  }

  get status(): SensorStatus[] {
    return this.#slots().map((slot) => slot.status);
  }

  async open(): Promise<void> {
    await Promise.all(this.#slots().map((slot) => slot.open()));
  }

  sound(): void {
    const chime = this.#chime.device;
    if (chime === null) return;
    this.#chime.counted();
    chime.sound().catch((error: unknown) => this.#chime.lost(error));
  }

  light(state: LightState): void {
    if (state === this.#shown) return;
    this.#shown = state;
    this.#show(state);
  }

  /** A press as if by hand. Throws Fault `unavailable` unless the button is a simulated one. */
  simPress(): void {
    const button = this.#button.device === null ? null : asSimButton(this.#button.device);
    if (button === null) throw notSimulated("button", this.#options.settings.button.driver);
    void button.press();
  }

  simPir(active: boolean): void {
    const pir = this.#pir.device === null ? null : asSimPir(this.#pir.device);
    if (pir === null) throw notSimulated("pir", this.#options.settings.pir.driver);
    void pir.edge(active);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#slots().map((slot) => slot[Symbol.asyncDispose]()));
  }

  #slots() {
    return [this.#button, this.#pir, this.#chime, this.#light] as const;
  }

  #useButton(button: Button, lost: (fault: unknown) => void): void {
    button.onPress((press) => {
      this.#button.counted();
      this.#options.onPress(press);
    });
    button.onLost(lost);
  }

  #usePir(pir: PirSensor, lost: (fault: unknown) => void): void {
    const { clock, settings, onPir } = this.#options;
    this.#pirReadyMonoMs = clock.monoMs() + settings.pir.warmUpMs;
    pir.onEdge((edge) => {
      this.#pir.counted();
      if (edge.monoMs < this.#pirReadyMonoMs) this.unsettled += 1;
      else onPir(edge);
    });
    pir.onLost(lost);
  }

  #show(state: LightState): void {
    const light = this.#light.device;
    if (light === null) return;
    this.#light.counted();
    light.show(state).catch((error: unknown) => this.#light.lost(error));
  }
}

function notSimulated(role: "button" | "pir", driver: string): Fault {
  return new Fault("unavailable", `the ${role} is not a simulated one (${role}.driver is ${driver})`, {
    hint: `start with --${role}.driver sim`,
  });
}
