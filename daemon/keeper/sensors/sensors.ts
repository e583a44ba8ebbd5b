/**
 * Sensors: button, PIR, chime and light, kept open and counted.
 *
 * A PIR needs to settle after power-on: edges within pir.warmUpMs of its opening are counted but
 * not passed on. One that does not behave like a sensor (pir-desk.ts) shows as failed and is not believed; it stays
 * open and is watched. A chime or light that fails is opened anew; a ring does not wait for either.
 */
import type { Settings } from "../../../config/schema.ts";
import { Fault, toFault } from "../../../hal/fault.ts";
import type {
  Button,
  Chime,
  Clock,
  LightState,
  PirSensor,
  Press,
  StatusLight,
} from "../../../hal/sensors.ts";
import type { LineState } from "../../wire/control.ts";
import { asSimButton, asSimPir, type SensorDrivers } from "./drivers.ts";
import { PirPast } from "../../selftest/watch-line.ts";
import type { PirReport } from "../../wire/examine.ts";
import { LineFeed, tellsBounces } from "./line-feed.ts";
import { wireFault } from "../wire-fault.ts";
import { PirDesk } from "./pir-desk.ts";
import type { PirSaid } from "./pir-voice.ts";
import { Slot, type SensorStatus } from "./slot.ts";

export interface SensorsOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly drivers: SensorDrivers;
  readonly onPress: (press: Press) => void;
  /** What the PIR says became another thing. */
  readonly onPir: (said: PirSaid) => void;
  /** It does not behave like a sensor; null = it does again. Told once. */
  readonly onPirTrouble?: (fault: Fault | null) => void;
  readonly onChange: () => void;
}

type SensorSlot = Slot<Button> | Slot<PirSensor> | Slot<Chime> | Slot<StatusLight>;

export class Sensors implements AsyncDisposable {
  readonly #options: SensorsOptions;
  readonly #button: Slot<Button>;
  readonly #pir: Slot<PirSensor>;
  readonly #chime: Slot<Chime>;
  readonly #light: Slot<StatusLight>;
  #pirPast: PirPast | null = null;
  /** What the PIR says, and whether it is believed. */
  readonly pir: PirDesk;
  #shown: LightState = "off";
  #demanded: { readonly state: LightState; readonly end: () => void } | null = null;
  /** For who watches the lines. */
  readonly lines: LineFeed;
  /** PIR edges within the warm-up. */
  unsettled = 0;

  constructor(options: SensorsOptions) {
    this.#options = options;
    const { clock, drivers, onChange } = options;
    this.lines = new LineFeed(clock);
    const { warmUpMs, activeLow } = options.settings.pir;
    this.pir = new PirDesk({
      clock,
      warmUpMs,
      activeLow,
      onState: options.onPir,
      onTrouble: (fault) => {
        options.onPirTrouble?.(fault);
        onChange();
      },
    });
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
      use: () => this.#show(this.#demanded?.state ?? this.#shown),
    });
  }

  get status(): SensorStatus[] {
    return this.#slots().map((slot) => (slot === this.#pir ? this.#pirStatus() : slot.status));
  }

  /** As they are now. */
  get lineStates(): LineState[] {
    return this.#slots().map((slot) => this.#lineState(slot));
  }

  #lineState({ status: { role, state, name }, device }: SensorSlot): LineState {
    const { settings } = this.#options;
    const { driver, chip, line, activeLow } = settings[role];
    const isInput = role === "button" || role === "pir";
    const label = /^gpio (.+) \d+$/u.exec(name)?.[1] ?? chip;
    return {
      type: "line",
      line: role,
      state,
      name: name.slice(0, 500),
      active: this.#levelOf(role),
      bounces: isInput && device !== null && tellsBounces(device),
      driver,
      debounceMs: isInput && driver === "gpio" ? settings[role].debounceMs : 0,
      wire: driver === "gpio" ? { chip: label.slice(0, 32), offset: line, activeLow } : null,
    };
  }

  #levelOf(role: SensorStatus["role"]): boolean | null {
    const inputs = { button: this.#button.device, pir: this.#pir.device };
    return role === "button" || role === "pir" ? (inputs[role]?.active ?? null) : null;
  }

  /** Null = off by settings, or not open now. */
  get chime(): Chime | null {
    return this.#chime.device;
  }

  /** Since the motion sensor was opened last. */
  get pirPast(): Pick<PirReport, "warmUpLeftMs" | "openMs" | "activeMs" | "rises"> {
    const nowMs = this.#options.clock.monoMs();
    const past = this.#pirPast?.at(nowMs) ?? { openMs: 0, activeMs: 0, rises: 0 };
    const leftMs = this.pir.readyMonoMs - nowMs;
    return { ...past, warmUpLeftMs: Number.isFinite(leftMs) ? Math.max(0, leftMs) : 0 };
  }

  async open(): Promise<void> {
    await Promise.all(this.#slots().map((slot) => slot.open()));
  }

  sound(): void {
    void this.soundOnce().catch(() => {}); // its slot tells that it is lost
  }

  /** Resolves when it has sounded, false = there is none; rejects with a Fault when it is lost. */
  async soundOnce(): Promise<boolean> {
    const chime = this.#chime.device;
    if (chime === null) return this.#absent(this.#chime);
    this.#chime.counted();
    this.lines.driven("chime", { active: true });
    try {
      await chime.sound();
      this.lines.driven("chime", { active: false });
      return true;
    } catch (error) {
      this.#chime.lost(error);
      throw toFault(error);
    }
  }

  light(state: LightState): void {
    if (state === this.#shown) return;
    this.#shown = state;
    if (this.#demanded === null) this.#show(state);
  }

  /** Shows this, whatever the house does, until `end` is called or so long. False: there is no light. */
  demandLight(state: LightState, forMs: number): { readonly end: () => void } | null {
    if (this.#light.device === null) {
      this.#absent(this.#light);
      return null;
    }
    this.#demanded?.end();
    const end = (): void => {
      cancel();
      if (this.#demanded?.end !== end) return;
      this.#demanded = null;
      this.#show(this.#shown);
    };
    const cancel = this.#options.clock.after(forMs, end);
    this.#demanded = { state, end };
    this.#show(state);
    return { end };
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
    this.pir[Symbol.dispose]();
    await Promise.all(this.#slots().map((slot) => slot[Symbol.asyncDispose]()));
  }

  #slots() {
    return [this.#button, this.#pir, this.#chime, this.#light] as const;
  }

  #pirStatus(): SensorStatus {
    const { status } = this.#pir;
    const { fault } = this.pir;
    const isDistrusted = status.state === "ok" && fault !== null;
    return isDistrusted ? { ...status, state: "failed", fault: wireFault(fault) } : status;
  }

  #useButton(button: Button, lost: (fault: unknown) => void): void {
    button.onPress((press) => {
      this.#button.counted();
      this.pir.press(press.monoMs);
      this.#options.onPress(press);
      this.lines.edge("button", { ...press, active: true });
    });
    this.#told(this.#button, button, lost);
  }

  #usePir(pir: PirSensor, lost: (fault: unknown) => void): void {
    const past = new PirPast(this.#options.clock.monoMs(), pir.active);
    this.#pirPast = past;
    this.pir.opened(pir);
    pir.onEdge((edge) => {
      this.#pir.counted();
      past.edge(edge.active, edge.monoMs);
      if (!this.pir.edge(edge)) this.unsettled += 1;
      this.lines.edge("pir", edge);
    });
    this.#told(this.#pir, pir, (fault) => {
      this.pir.lost();
      lost(fault);
    });
  }

  /** For who watches: that an input is there, and when it is lost. */
  #told(
    slot: Slot<Button> | Slot<PirSensor>,
    device: Button | PirSensor,
    lost: (fault: unknown) => void,
  ): void {
    const role = slot === this.#button ? "button" : "pir";
    device.onLost((error) => {
      this.lines.lost(role, toFault(error));
      lost(error);
    });
    this.lines.opened(role, device);
    this.lines.state(this.#lineState(slot));
  }

  /** Off by settings, or, as a Fault, not to be used now. */
  #absent(slot: { readonly status: SensorStatus }): false {
    const { state, role, fault } = slot.status;
    if (state === "off") return false;
    throw new Fault("unavailable", fault?.message ?? `the ${role} is not open yet`, { hint: fault?.hint });
  }

  #show(state: LightState): void {
    const light = this.#light.device;
    if (light === null) return;
    this.#light.counted();
    this.lines.driven("light", { active: state !== "off", light: state });
    light.show(state).catch((error: unknown) => this.#light.lost(error));
  }
}

function notSimulated(role: "button" | "pir", driver: string): Fault {
  return new Fault("unavailable", `the ${role} is not a simulated one (${role}.driver is ${driver})`, {
    hint: `start with --${role}.driver sim`,
  });
}
