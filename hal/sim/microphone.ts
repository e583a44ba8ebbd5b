/**
 * Simulated microphone: a quiet porch, and the simulated chime when it can be heard.
 */
import { levelMs, type Loudness, type Microphone } from "../microphone.ts";
import type { Clock } from "../sensors.ts";
import { Subscribers } from "../subscribers.ts";
import { chance } from "./porch/math.ts";

const porchDb = -54;
const chimeDb = -21;

export interface SimMicrophoneOptions {
  readonly clock: Clock;
  /** Does the chime sound, and can it be heard? */
  readonly audible: () => boolean;
}

export function simMicrophone({ clock, audible }: SimMicrophoneOptions): Microphone {
  const levels = new Subscribers<Loudness>();
  let count = 0;
  const stop = clock.every(levelMs, () => {
    count += 1;
    const wavering = 3 * chance(0x51c, count);
    levels.tell({ monoMs: clock.monoMs(), db: (audible() ? chimeDb : porchDb) + wavering });
  });
  return {
    name: "sim microphone",
    onLevel: (handler) => levels.on(handler),
    onLost: () => () => {}, // it is always there
    async [Symbol.asyncDispose]() {
      stop();
      levels.clear();
    },
  };
}
