/**
 * UseAction: something that takes a moment and may fail, started by a button or a form.
 *
 * While it runs it cannot be started again; what went wrong stays until the next try.
 */
import { useRef, useState } from "preact/hooks";
import { toFault, type Fault } from "../../hal/fault.ts";

export interface Action {
  readonly busy: boolean;
  readonly fault: Fault | null;
  /** Resolves to whether it worked. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

export function useAction(): Action {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFault(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFault(toFault(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, fault, run };
}
