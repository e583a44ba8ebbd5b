/**
 * UseAsked: something that the doorbell is asked for, now, and again every so often.
 *
 * Keeps the last answer while the next one is on its way; a failure is told only when there is no
 * answer yet: the header says already that the connection is lost.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { toFault, type Fault } from "../../hal/fault.ts";
import type { Clock } from "../../hal/sensors.ts";

export interface Asked<T> {
  readonly value: T | null;
  readonly fault: Fault | null;
  readonly again: () => void;
}

interface Options {
  readonly clock: Clock;
  /** Null: only when it is told to. */
  readonly everyMs: number | null;
}

export function useAsked<T>(ask: () => Promise<T>, { clock, everyMs }: Options): Asked<T> {
  const [answer, setAnswer] = useState<{ readonly value: T | null; readonly fault: Fault | null }>({
    value: null,
    fault: null,
  });
  const here = useRef(true);
  const again = useCallback(() => {
    ask().then(
      (value) => here.current && setAnswer({ value, fault: null }),
      (error: unknown) => here.current && setAnswer(({ value }) => ({ value, fault: toFault(error) })),
    );
  }, [ask]);
  useEffect(() => {
    here.current = true;
    again();
    const cancel = everyMs === null ? () => {} : clock.every(everyMs, again);
    return () => {
      here.current = false;
      cancel();
    };
  }, [again, clock, everyMs]);
  return { ...answer, fault: answer.value === null ? answer.fault : null, again };
}
