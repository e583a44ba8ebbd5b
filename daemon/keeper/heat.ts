/**
 * Heat: what motion makes of each picture while somebody calibrates, passed on to the pages.
 *
 * The eye is asked for it from the first viewer to the last. Nothing is kept: a frame is of use for a
 * fifth of a second. A viewer that reads too slowly misses frames, which are counted. Frames pass as
 * they came, once they are known to be heat.
 */
import type { WebSocket } from "ws";
import { decodeHeat } from "../wire/heat.ts";
import { Viewers } from "./viewers.ts";

const maxViewers = 8;
/** Waiting bytes past which a viewer misses frames: about a second of them. */
const slowBytes = 32 * 1024;

export class HeatHub {
  readonly #viewers: Viewers<{ readonly socket: WebSocket }>;
  in = 0;
  out = 0;
  dropped = 0;

  /** `onWatched` is told at the first viewer and after the last. */
  constructor(onWatched: (on: boolean) => void) {
    this.#viewers = new Viewers(maxViewers, onWatched);
  }

  get viewers(): number {
    return this.#viewers.count;
  }

  add(socket: WebSocket): void {
    this.#viewers.add({ socket });
  }

  /** One frame from the eye. Throws Fault `invalid` for anything else. */
  handle(frame: Uint8Array): void {
    decodeHeat(frame);
    this.in += 1;
    for (const { socket } of this.#viewers) {
      if (socket.bufferedAmount > slowBytes) {
        this.dropped += 1;
        continue;
      }
      socket.send(frame);
      this.out += 1;
    }
  }
}
