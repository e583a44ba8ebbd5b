/**
 * Tone: two soft notes for a ring, made by the browser itself (no sound file, no request).
 *
 * Browsers allow sound only after the viewer has touched the page, so the context is made on the
 * first gesture; `blocked` says that this has not happened yet. The choice is remembered on this
 * device.
 */
import { remember, remembered } from "../state/remembered.ts";
import { createStore } from "../state/store.ts";
import type { Store } from "../state/store.ts";
import { strike } from "./strike.ts";

export interface Sound {
  readonly on: boolean;
  /** Wanted, but the browser still waits for a gesture. */
  readonly blocked: boolean;
}

export interface Tone {
  readonly state: Store<Sound>;
  setOn(on: boolean): void;
  /** Sounds when it is on and allowed; silent otherwise. */
  play(): void;
}

const storageKey = "sill.sound";

const notesHertz = [659.26, 523.25] as const;
const betweenS = 0.55;
const repeatS = 2;

export function createTone(): Tone {
  let context: AudioContext | null = null;
  const on = remembered(storageKey) !== "off";
  const state = createStore<Sound>({ on, blocked: on });

  const wake = (): void => {
    if (!state.get().on) return;
    context ??= new AudioContext();
    void context.resume().then(() => state.set({ on: state.get().on, blocked: false }));
  };
  for (const gesture of ["pointerdown", "keydown"]) {
    window.addEventListener(gesture, () => state.get().blocked && wake(), { passive: true });
  }
  return {
    state,
    setOn(next) {
      remember(storageKey, next ? "on" : "off");
      state.set({ on: next, blocked: next && context?.state !== "running" });
      if (next) wake();
    },
    play() {
      if (context === null || !state.get().on || context.state !== "running") return;
      for (const round of [0, 1]) {
        notesHertz.forEach((hertz, index) => {
          if (context !== null)
            strike(context, hertz, context.currentTime + 0.05 + round * repeatS + index * betweenS);
        });
      }
    },
  };
}
