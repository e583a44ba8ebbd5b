/**
 * OpenMicrophone: what is said at the door, as RTP packets of Opus (20 ms each), while it is open and not longer.
 *
 * Besides `microphone.ts`, which tells loudness alone. `open` rejects with a Fault: `not-found`, `denied`,
 * `unavailable`. Nothing is stored: a packet that nobody takes is gone. Contract: test/contract/open-microphone.ts.
 */
export interface OpenMicrophone extends AsyncDisposable {
  readonly name: string;
  onPacket(handler: (packet: Uint8Array) => void): () => void;
  /** Called once when it is lost. */
  onLost(handler: (fault: Error) => void): () => void;
}
