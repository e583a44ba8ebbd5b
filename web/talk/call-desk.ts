/**
 * Call desk: the one call that this page may be in, from "Answer" to "Hang up".
 *
 * The picture of before (MSE) stays until the direct one stands; where that takes longer than `directMs` it just
 * stays, and testers are told. Talking is half duplex: the doorbell sends nothing of the door meanwhile.
 */
import { toFault, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import type { Heard } from "../../daemon/wire/api-talk.ts";
import type { CallEnd } from "../../daemon/wire/call-ends.ts";
import { InOrder } from "./in-order.ts";
import { createStore, type Store } from "../state/store.ts";
import { deleteCall, putTalking } from "./api.ts";
import { openLine, type Line } from "./line.ts";
import { openVoice, type Voice, type VoiceState } from "./voice.ts";

export interface CallState {
  readonly phase: "idle" | "calling" | "open";
  readonly heard: Heard;
  readonly voice: VoiceState;
  readonly talking: boolean;
  readonly muted: boolean;
  /** Comes directly; shown once it plays. */
  readonly picture: MediaStream | null;
  readonly showsPicture: boolean;
  /** The direct picture did not come in time. */
  readonly isSlow: boolean;
  readonly fault: Fault | null;
  /** How the last call ended. */
  readonly ended: CallEnd | null;
}

const idle: CallState = {
  phase: "idle",
  heard: "not-asked",
  voice: "ready",
  talking: false,
  muted: false,
  picture: null,
  showsPicture: false,
  isSlow: false,
  fault: null,
  ended: null,
};

const directMs = 2_000;

export class CallDesk {
  readonly state: Store<CallState> = createStore(idle);
  readonly #clock: Clock;
  readonly #sound = new Audio();
  #line: Line | null = null;
  #voice: Voice | null = null;
  #words = new InOrder<boolean>(async () => {});
  /** Grows with every call: what belongs to an older one is not heard. */
  #turn = 0;
  /** What was told of calls whose answer may be on its way. */
  readonly #early = new Map<string, Heard>();
  #cancelDirect = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async answer(): Promise<void> {
    if (this.state.get().phase !== "idle") return;
    const turn = (this.#turn += 1);
    const isNow = (): boolean => turn === this.#turn;
    this.#early.clear();
    this.state.set({ ...idle, phase: "calling" });
    const voice = await openVoice();
    if (!isNow()) return voice.track?.stop();
    this.#voice = voice;
    this.#change({ voice: voice.state });
    try {
      const line = await openLine({
        voice: voice.track,
        onPicture: (picture) => isNow() && this.#change({ picture }),
        onSound: (stream) => isNow() && this.#hear(stream),
        onLost: () => isNow() && this.#end("lost"),
      });
      if (!isNow()) {
        line.close();
        return void deleteCall(line.answer.id).catch(() => {});
      }
      this.#line = line;
      this.#words = new InOrder((talking) => putTalking(line.answer.id, talking));
      this.#change({ phase: "open", heard: this.#early.get(line.answer.id) ?? line.answer.heard });
      this.#cancelDirect = this.#clock.after(directMs, () =>
        this.#change({ isSlow: !this.state.get().showsPicture }),
      );
    } catch (error) {
      if (!isNow()) return;
      this.#end(null);
      this.#change({ fault: toFault(error) });
    }
  }

  /** The direct picture stands. */
  shown(): void {
    if (this.state.get().phase === "idle") return;
    this.#cancelDirect();
    this.#change({ showsPicture: true, isSlow: false });
  }

  async talk(talking: boolean): Promise<void> {
    const line = this.#line;
    const track = this.#voice?.track ?? null;
    if (line === null || track === null || talking === this.state.get().talking) return;
    if (!talking) track.enabled = false;
    this.#change({ talking, fault: null });
    try {
      await this.#words.wish(talking);
      if (this.#line === line) track.enabled = this.state.get().talking;
    } catch (error) {
      track.enabled = false;
      if (this.#line === line) this.#change({ talking: false, fault: toFault(error) });
    }
  }

  mute(muted: boolean): void {
    this.#sound.muted = muted;
    this.#change({ muted });
  }

  /** The doorbell is told before its connection goes: then it is no loss. */
  hangUp(): void {
    const line = this.#line;
    this.#line = null;
    this.#end("hung-up");
    if (line === null) return;
    void deleteCall(line.answer.id)
      .catch(() => {}) // it is over already
      .finally(() => line.close());
  }

  /** The doorbell says that the door is heard in a call now, or why not. */
  heard(id: string, heard: Heard): void {
    if (this.state.get().phase === "calling") this.#early.set(id, heard);
    else if (this.#line?.answer.id === id) this.#change({ heard });
  }

  /** The doorbell says that a call is over. */
  ended(id: string, why: CallEnd): void {
    if (this.#line?.answer.id === id) this.#end(why);
  }

  #hear(stream: MediaStream): void {
    this.#sound.srcObject = stream;
    this.#sound.muted = this.state.get().muted;
    this.#sound.play().catch(() => {}); // after the tap on Answer it may
  }

  #end(why: CallEnd | null): void {
    this.#turn += 1;
    this.#cancelDirect();
    this.#line?.close();
    this.#voice?.track?.stop();
    this.#line = null;
    this.#voice = null;
    this.#sound.srcObject = null;
    const { voice } = this.state.get();
    this.state.set({ ...idle, voice, ended: why });
  }

  #change(part: Partial<CallState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}
