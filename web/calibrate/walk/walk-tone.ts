/**
 * WalkTone: what a walker hears who does not look: two notes up = seen, two low ones down = lost.
 *
 * Made by the browser itself; opened by the tap that starts the walk, because browsers ask for one. Where
 * a phone can shake it shakes too: short for seen, long for lost.
 */
import { strike } from "../../ring/strike.ts";

export interface WalkTone {
  seen(): void;
  lost(): void;
  /** One second of the countdown. */
  tick(last: boolean): void;
  close(): void;
}

const seenHertz = [659.26, 987.77] as const;
const lostHertz = [233.08, 174.61] as const;
const tickHertz = 523.25;
const betweenS = 0.14;

export function openWalkTone(): WalkTone {
  const context = new AudioContext();
  void context.resume();
  const play = (notes: readonly number[]): void => {
    if (context.state !== "running") return;
    notes.forEach((hertz, i) => strike(context, hertz, context.currentTime + 0.01 + i * betweenS));
  };
  return {
    seen() {
      play(seenHertz);
      navigator.vibrate?.([90, 60, 90]);
    },
    lost() {
      play(lostHertz);
      navigator.vibrate?.(450);
    },
    tick(last) {
      play([last ? 2 * tickHertz : tickHertz]);
      navigator.vibrate?.(last ? 250 : 40);
    },
    close: () => void context.close(),
  };
}
