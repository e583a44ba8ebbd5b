/**
 * Live: the pictures that the eye makes while somebody watches, passed on to the pages.
 *
 * Keeps the init segment and the current GOP, so that a new viewer sees a picture at once; the
 * eye is asked for units from the first viewer to the last. A viewer that reads too slowly skips
 * to the next keyframe; its skipped units are counted. A GOP past its bound is let go: a new
 * viewer then waits for the next keyframe. Units pass as they came, undecoded but for their kind.
 */
import { decodeLive, type LiveKind } from "../wire/live.ts";
import { Viewers, type ViewerSocket } from "./viewers.ts";

const maxViewers = 16;
const maxGopBytes = 16 * 1024 * 1024;
const maxGopUnits = 600;
/** Waiting bytes past which a viewer skips. */
const slowBytes = 2 * 1024 * 1024;

interface Viewer {
  readonly socket: ViewerSocket;
  /** Nothing is sent until a keyframe comes. */
  waitsForKey: boolean;
}

export class LiveHub {
  readonly #viewers: Viewers<Viewer>;
  #init: Uint8Array | null = null;
  #gop: Uint8Array[] = [];
  #gopBytes = 0;
  in = 0;
  out = 0;
  dropped = 0;

  /** `onWatched` is told at the first viewer and after the last. */
  constructor(onWatched: (on: boolean) => void) {
    this.#viewers = new Viewers(maxViewers, (on) => {
      if (!on) this.clear();
      onWatched(on);
    });
  }

  get viewers(): number {
    return this.#viewers.count;
  }

  /** Who is added now is sent away. */
  get isFull(): boolean {
    return this.#viewers.isFull;
  }

  add(socket: ViewerSocket): void {
    const viewer: Viewer = { socket, waitsForKey: this.#gop.length === 0 };
    if (!this.#viewers.add(viewer) || this.#init === null) return;
    for (const unit of [this.#init, ...this.#gop]) this.#send(viewer, unit);
  }

  /** One unit from the eye. Throws Fault `invalid` for anything else. */
  handle(unit: Uint8Array): void {
    const { kind } = decodeLive(unit);
    this.in += 1;
    if (kind !== "init" && this.#init === null) {
      this.dropped += 1; // under way since before the last viewer left: nobody could decode it
      return;
    }
    this.#remember(unit, kind);
    for (const viewer of this.#viewers) this.#offer(viewer, unit, kind);
  }

  /** The eye or its picture is gone, and its time line with it: who joins is not shown what was. */
  clear(): void {
    this.#init = null;
    this.#forgetGop();
    for (const viewer of this.#viewers) {
      viewer.waitsForKey = true;
      viewer.socket.over?.();
    }
  }

  #remember(unit: Uint8Array, kind: LiveKind): void {
    if (kind !== "delta") this.#forgetGop();
    if (kind === "init") {
      this.#init = unit;
      for (const viewer of this.#viewers) viewer.waitsForKey = true;
      return;
    }
    if (kind === "delta" && this.#gop.length === 0) return;
    this.#gop.push(unit);
    this.#gopBytes += unit.length;
    if (this.#gopBytes > maxGopBytes || this.#gop.length > maxGopUnits) this.#forgetGop();
  }

  #forgetGop(): void {
    this.#gop = [];
    this.#gopBytes = 0;
  }

  #offer(viewer: Viewer, unit: Uint8Array, kind: LiveKind): void {
    if (kind === "init") return this.#send(viewer, unit);
    const slow = viewer.socket.bufferedAmount > slowBytes;
    if (kind === "key") viewer.waitsForKey = slow;
    else if (slow) viewer.waitsForKey = true;
    if (viewer.waitsForKey) this.dropped += 1;
    else this.#send(viewer, unit);
  }

  #send(viewer: Viewer, unit: Uint8Array): void {
    viewer.socket.send(unit);
    this.out += 1;
  }
}
