/**
 * Interrupt: Ctrl-C and SIGTERM end what runs until it is ended, in good order.
 */
import type { Clock } from "../../../hal/sensors.ts";

export type Stopped = "asked" | "time";

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
  /** Resolves when asked to stop, or after `forMs`; also on `stop`. */
  readonly stopped: Promise<Stopped>;
  readonly stop: () => void;
}

export function untilInterrupted(clock: Clock, forMs: number | null): Interrupt {
  const { promise: stopped, resolve } = Promise.withResolvers<Stopped>();
  const controller = new AbortController();
  const end = (why: Stopped): void => {
    resolve(why);
    controller.abort();
  };
  const ask = (): void => end("asked");
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, ask);
  const cancel = forMs === null ? () => {} : clock.after(forMs, () => end("time"));
  return {
    signal: controller.signal,
    stopped,
    stop: ask,
    [Symbol.dispose]() {
      cancel();
      for (const name of signals) process.off(name, ask);
    },
  };
}
