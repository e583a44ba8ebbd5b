/**
 * Door sound: the speaker at the door, and its microphone while somebody listens.
 *
 * The microphone is open from the first listener to the last, with a short tone at the door at either end (`listen` tells whether it
 * sounded), and its packets are given to the listeners and kept nowhere. A microphone that fails is told (`microphoneFault`), and
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

/** `untold`: it is heard, and no tone could say so there. */
export type Listening = "yes" | "untold" | "microphone";

interface Opened {
  readonly microphone: OpenMicrophone;
  readonly told: boolean;
}

export class DoorSound implements AsyncDisposable {
  readonly #options: DoorSoundOptions;
  readonly #listeners = new Set<Listener>();
  #speaker: Speaker | null = null;
  #microphone: Promise<Opened> | null = null;
  /** A card takes one process at a time. */
  #closing: Promise<void> = Promise.resolve();
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

  /** Resolves when microphone and tone have begun; `microphone` = there is none that works (`microphonePart`). */
  async listen(listener: Listener): Promise<Listening> {
    const { drivers, onChange } = this.#options;
    if (drivers.microphone === null) return "microphone";
    this.#listeners.add(listener);
    const opening = (this.#microphone ??= this.#openMicrophone(drivers.microphone));
    try {
      const { told } = await opening;
      if (!this.#listeners.has(listener)) return "microphone";
      return told ? "yes" : "untold";
    } catch {
      if (this.#microphone === opening) this.#microphone = null;
      // while another is opened this one is not the last word
      if (this.#microphone === null) this.#listeners.delete(listener);
      return "microphone";
    } finally {
      onChange();
    }
  }

  async unlisten(listener: Listener): Promise<void> {
    if (!this.#listeners.delete(listener)) return;
    if (this.#listeners.size === 0) {
      this.#closing = this.#closeMicrophone();
      await this.#closing;
    }
    this.#options.onChange();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    const opened = await this.#microphone?.catch(() => null);
    await opened?.microphone[Symbol.asyncDispose]();
    await this.#closing;
    await this.#speaker?.[Symbol.asyncDispose]();
  }

  async #openMicrophone(driver: SensorDriver<OpenMicrophone>): Promise<Opened> {
    try {
      await this.#closing;
      const microphone = await driver.open();
      this.#microphoneFault = null;
      microphone.onPacket((packet) => {
        for (const listener of this.#listeners) listener(packet);
      });
      microphone.onLost((fault) => this.#lost(fault));
      return { microphone, told: await this.#signal("begin") };
    } catch (error) {
      this.#microphoneFault = toFault(error);
      throw error;
    }
  }

  async #closeMicrophone(): Promise<void> {
    const opening = this.#microphone;
    this.#microphone = null;
    const opened = await opening?.catch(() => null);
    if (opened == null) return;
    void this.#signal("end");
    await opened.microphone[Symbol.asyncDispose]();
  }

  #lost(fault: Error): void {
    this.#microphone = null;
    this.#microphoneFault = toFault(fault);
    this.#options.onChange();
  }

  /** Did it sound? */
  async #signal(name: SignalName): Promise<boolean> {
    try {
      await this.sound(signalOf(name));
      return true;
    } catch {
      return false;
    }
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
