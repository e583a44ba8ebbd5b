/**
 * BlindWatch: since when, and why, nothing can be seen or kept; kept in the index for the timeline.
 *
 * Looks every two seconds. What passes within ten seconds (a process that starts anew, a camera that is opened) is
 * no gap; a longer one begins when it was first seen. The history tells some of them in words (gaps.ts).
 */
import { isDiskFull, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";
import { newId } from "../wire/id.ts";
import type { Gap, GapReason } from "../wire/api-timeline.ts";
import type { EyeStatus } from "../wire/messages.ts";
import { patienceMs } from "./gaps.ts";

const everyMs = 2_000;

/** What decides; `eye` null = it is not running. */
export interface Sight {
  readonly eye: (Pick<EyeStatus, "mask"> & { readonly camera: Pick<EyeStatus["camera"], "state"> }) | null;
  readonly diskFull: boolean;
}

/** Null = it sees and keeps; undefined = nobody can tell yet, so it is as it was. */
export function reasonOf({ eye, diskFull }: Sight): GapReason | null | undefined {
  if (eye === null) return "eye";
  const { camera, mask } = eye;
  if (camera.state === "failed" || camera.state === "stalled") return "camera";
  if (camera.state === "opening") return undefined;
  if (mask.closed !== undefined) return "privacy";
  if (mask.guard?.state === "tripped") return "moved";
  if (mask.visibleFrac === 0) return "masked";
  return diskFull ? "disk" : null;
}

interface Seen {
  readonly eye: { readonly peer: { readonly connected: boolean }; readonly status: EyeStatus | null };
  readonly store: { readonly queue: { readonly fault: Fault | null } };
}

export function sightOf({ eye, store }: Seen): Sight {
  const { fault } = store.queue;
  return { eye: eye.peer.connected ? eye.status : null, diskFull: fault !== null && isDiskFull(fault) };
}

export interface BlindOptions {
  readonly clock: Clock;
  readonly sight: () => Sight;
  readonly keep: (gap: Gap) => void;
}

export class BlindWatch {
  readonly #options: BlindOptions;
  #reason: GapReason | null = null;
  #since = { wallMs: 0, monoMs: 0 };
  /** Kept already; null = it may still pass. */
  #gap: Gap | null = null;
  #cancel = (): void => {};

  constructor(options: BlindOptions) {
    this.#options = options;
  }

  start(): void {
    this.#cancel = this.#options.clock.every(everyMs, () => this.#look());
  }

  /** One that goes on is ended by the next start. */
  stop(): void {
    this.#cancel();
  }

  /** From the last time that an earlier run was known to be there. */
  wasOff(lastWallMs: number): void {
    const nowMs = Math.round(this.#options.clock.wallMs());
    if (nowMs - lastWallMs < patienceMs) return;
    const startWallMs = Math.round(lastWallMs);
    this.#options.keep({ id: newId(startWallMs), reason: "off", startWallMs, endWallMs: nowMs });
  }

  #look(): void {
    const { clock, keep } = this.#options;
    const reason = reasonOf(this.#options.sight());
    const now = { wallMs: Math.round(clock.wallMs()), monoMs: clock.monoMs() };
    if (reason !== undefined && reason !== this.#reason) {
      this.#end();
      this.#reason = reason;
      this.#since = now;
    }
    if (this.#reason === null || this.#gap !== null || now.monoMs - this.#since.monoMs < patienceMs) return;
    const startWallMs = this.#since.wallMs;
    this.#gap = { id: newId(startWallMs), reason: this.#reason, startWallMs, endWallMs: null };
    keep(this.#gap);
  }

  /** By the monotonic clock: the wall clock may have been set meanwhile. */
  #end(): void {
    if (this.#gap === null) return;
    const lengthMs = Math.round(this.#options.clock.monoMs() - this.#since.monoMs);
    this.#options.keep({ ...this.#gap, endWallMs: this.#gap.startWallMs + lengthMs });
    this.#gap = null;
  }
}
