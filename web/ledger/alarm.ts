/**
 * Alarm: what cannot be with a doorbell whose ledger only grows; both checkpoints are the evidence.
 *
 *   unsigned   the doorbell's key did not sign it
 *   shorter    it has fewer entries than before: an old copy was put back
 *   changed    it has other entries than before
 */
export const alarmKinds = ["unsigned", "shorter", "changed"] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export interface Alarm {
  readonly kind: AlarmKind;
  /** Notes as they were signed; null = this browser had seen none. */
  readonly before: string | null;
  readonly now: string;
}
