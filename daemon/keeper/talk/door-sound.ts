/**
 * Door sound: the speaker at the door, and its microphone while somebody listens.
 *
 * The microphone is open from the first listener to the last, with a short tone at the door before and after, and
 * its packets are given to the listeners and kept nowhere. A microphone that fails is told (`microphoneFault`), and
 * tried again by the next who listens. A sound that fails is told to who asked for it, and on the page.
 */
import { Fault, toFault } from "../../../hal/fault.ts";
import type { OpenMicrophone } from "../../../hal/open-microphone.ts";
import type { Pcm } from "../../../hal/pcm.ts";
import type { SensorDriver } from "../../../hal/sensors.ts";
import type { Speaker } from "../../../hal/speaker.ts";
import { signalOf, type SignalName } from "../../../hal/tones/tones.ts";

/** Null = off by settings. */
export interface SoundDrivers {
  readonly speaker: SensorDriver<Speaker> | null;
  readonly microphone: SensorDriver<OpenMicrophone> | null;
}

export interface DoorSoundOptions {
  readonly drivers: SoundDrivers;
  readonly onChange: () => void;
}

export interface SoundPart {
  readonly state: "off" | "ok" | "failed";
  readonly name: string;
  readonly fault?: Fault;
}

type Listener = (packet: Uint8Array) => void;

export class DoorSound implements AsyncDisposable {
  readonly #options: DoorSoundOptions;
  readonly #listeners = new Set<Listener>();
  #speaker: Speaker | null = null;
  #microphone: Promise<OpenMicrophone> | null = null;
  #speakerFault: Fault | null = null;
  #microphoneFault: Fault | null = null;

  constructor(options: DoorSoundOptions) {
    this.#options = options;
  }

  /** Resolves either way. */
  async open(): Promise<void> {
    try {
      this.#speaker = (await this.#options.drivers.speaker?.open()) ?? null;
    } catch (error) {
      this.#speakerFault = toFault(error);
    }
  }

  get speaker(): Speaker | null {
    return this.#speaker;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  get speakerPart(): SoundPart {
    return partOf(this.#options.drivers.speaker, this.#speaker?.name ?? "speaker", this.#speakerFault);
  }

  get microphonePart(): SoundPart {
    return partOf(this.#options.drivers.microphone, "microphone", this.#microphoneFault);
  }

  /** Resolves when it has sounded. Throws Fault `unavailable` where there is no speaker, or the speaker's. */
  async sound(pcm: Pcm): Promise<void> {
    const speaker = this.#speaker;
    if (speaker === null)
      throw (
        this.#speakerFault ??
        new Fault("unavailable", "there is no speaker at the door", { hint: "talk.speaker names one" })
      );
    try {
      await speaker.sound(pcm);
      this.#told(null);
    } catch (error) {
      this.#told(toFault(error));
      throw error;
    }
  }

  /** What somebody says to the door. */
  say(packet: Uint8Array): void {
    this.#speaker?.live(packet);
  }

  /** Resolves when the microphone is open, false = there is none that works (`microphonePart`). */
  async listen(listener: Listener): Promise<boolean> {
    const { drivers, onChange } = this.#options;
    if (drivers.microphone === null) return false;
    this.#listeners.add(listener);
    try {
      this.#microphone ??= this.#openMicrophone(drivers.microphone);
      await this.#microphone;
      return this.#listeners.has(listener);
    } catch {
      this.#listeners.delete(listener);
      return false;
    } finally {
      onChange();
    }
  }

  async unlisten(listener: Listener): Promise<void> {
    if (!this.#listeners.delete(listener)) return;
    if (this.#listeners.size === 0) await this.#closeMicrophone();
    this.#options.onChange();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    const microphone = await this.#microphone?.catch(() => null);
    await microphone?.[Symbol.asyncDispose]();
    await this.#speaker?.[Symbol.asyncDispose]();
  }

  async #openMicrophone(driver: SensorDriver<OpenMicrophone>): Promise<OpenMicrophone> {
    try {
      const microphone = await driver.open();
      this.#microphoneFault = null;
      microphone.onPacket((packet) => {
        for (const listener of this.#listeners) listener(packet);
      });
      microphone.onLost((fault) => this.#lost(fault));
      this.#signal("begin");
      return microphone;
    } catch (error) {
      this.#microphone = null;
      this.#microphoneFault = toFault(error);
      throw error;
    }
  }

  async #closeMicrophone(): Promise<void> {
    const opening = this.#microphone;
    this.#microphone = null;
    const microphone = await opening?.catch(() => null);
    if (microphone == null) return;
    this.#signal("end");
    await microphone[Symbol.asyncDispose]();
  }

  #lost(fault: Error): void {
    this.#microphone = null;
    this.#microphoneFault = toFault(fault);
    this.#options.onChange();
  }

  #signal(name: SignalName): void {
    this.sound(signalOf(name)).catch(() => {}); // told on the page
  }

  #told(fault: Fault | null): void {
    const isNews = this.#speakerFault?.message !== fault?.message;
    this.#speakerFault = fault;
    if (isNews) this.#options.onChange();
  }
}

function partOf(driver: unknown, name: string, fault: Fault | null): SoundPart {
  if (driver === null) return { state: "off", name };
  return fault === null ? { state: "ok", name } : { state: "failed", name, fault };
}
