/**
 * Speaker: what sounds at the door. Driven by test/contract/speaker.ts in every driver (gst, sim).
 *
 * - One sound at a time: a later `sound` replaces what sounds, and lets live sound wait until it is over.
 * - `sound` resolves when it has sounded, or was stopped or replaced; rejects with a Fault when the hardware fails.
 *   The next one tries again: nothing is kept open between sounds, so a card may be plugged in meanwhile.
 * - `live` takes one RTP packet of Opus (RFC 7587) and never waits: what cannot be sounded now is dropped and counted.
 *   It ends by itself a moment after the last packet.
 * - `stop` silences both. After disposal nothing sounds; both calls may be repeated.
 */
import type { Pcm } from "./pcm.ts";

export interface Speaker extends AsyncDisposable {
  readonly name: string;
  /** Live packets that did not sound. */
  readonly dropped: number;
  sound(pcm: Pcm): Promise<void>;
  live(packet: Uint8Array): void;
  stop(): void;
}

/** After so long without a packet, live sound is over. */
export const liveOverMs = 500;
