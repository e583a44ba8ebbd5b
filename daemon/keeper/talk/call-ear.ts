/**
 * Call ear: whether one call hears the door now, and why not.
 *
 * `attend` brings it to what holds at that moment: while the door may not be heard its microphone is closed, and every
 * listening begins with a tone. Before the first one the ledger says that the door could be heard. Of what takes its time
 * the last attempt alone counts. A microphone that does not work is not tried again in the same call.
 */
import type { Heard, Silence } from "../../wire/api-talk.ts";
import type { DoorSound } from "./door-sound.ts";

export interface CallEarOptions {
  readonly door: Pick<DoorSound, "listen" | "unlisten">;
  /** Null = the door may be heard now. */
  readonly silentBecause: () => Silence | null;
  /** Resolves when the ledger says that the door could be heard. */
  readonly note: () => Promise<unknown>;
  readonly onPacket: (packet: Uint8Array) => void;
  /** It is heard, or no more. */
  readonly onHeard: (heard: Heard) => void;
}

export class CallEar {
  readonly #options: CallEarOptions;
  #heard: Heard = "not-asked";
  /** Null = it does not listen. */
  #listening: object | null = null;
  #isNoted = false;

  constructor(options: CallEarOptions) {
    this.#options = options;
  }

  get heard(): Heard {
    return this.#heard;
  }

  /** Until then nothing is asked of the door. `isNoted`: the ledger says already that it could be heard. */
  async begin(isNoted: boolean): Promise<void> {
    this.#isNoted = isNoted;
    this.#heard = "not-yet";
    await this.attend();
  }

  /** Throws what `note` throws: then nothing is heard. */
  async attend(): Promise<void> {
    if (this.#heard === "not-asked" || this.#heard === "microphone") return;
    const silence = this.#options.silentBecause();
    if (silence !== null) {
      this.#tell(silence);
      await this.#stop();
    } else if (this.#listening === null) await this.#listen();
  }

  /** For good. */
  async end(): Promise<void> {
    this.#heard = "not-asked";
    await this.#stop();
  }

  readonly #hear = (packet: Uint8Array): void => {
    if (this.#options.silentBecause() === null) this.#options.onPacket(packet);
    else this.attend().catch(() => {}); // whoever ends the call hears of it
  };

  async #listen(): Promise<void> {
    const { door, note } = this.#options;
    const mine = (this.#listening = {});
    try {
      if (!this.#isNoted) await note();
    } catch (error) {
      if (this.#listening === mine) this.#listening = null;
      throw error;
    }
    this.#isNoted = true;
    if (this.#listening !== mine) return;
    const heard = await door.listen(this.#hear);
    if (this.#listening === mine) this.#tell(heard);
  }

  async #stop(): Promise<void> {
    if (this.#listening === null) return;
    this.#listening = null;
    await this.#options.door.unlisten(this.#hear);
  }

  #tell(heard: Heard): void {
    if (this.#heard === heard) return;
    this.#heard = heard;
    this.#options.onHeard(heard);
  }
}
