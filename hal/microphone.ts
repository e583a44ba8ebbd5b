/**
 * Microphone: how loud it is, and nothing else. For the self-test's chime; audio is off everywhere else in Sill.
 *
 * One number for every 20 ms leaves a driver, never a sample of sound. `open` rejects with a Fault: `not-found` (no such
 * device, no GStreamer), `denied`, `unavailable`. Open only while the test listens.
 */
export interface Loudness {
  /** Clock.monoMs when it was told. */
  readonly monoMs: number;
  /** dB below full scale, -100 to 0. */
  readonly db: number;
}

export interface Microphone extends AsyncDisposable {
  readonly name: string;
  onLevel(handler: (level: Loudness) => void): () => void;
  /** Called once when it is lost. */
  onLost(handler: (fault: Error) => void): () => void;
}

export const levelMs = 20;
export const silenceDb = -100;
