/**
 * UsePreparation: headers and hashes of everything that leaves, made while the owner looks at it.
 *
 * Begins when `wanted` and goes on where it was when somebody comes back from changing a second; another
 * recipient begins anew.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { toFault, type Fault } from "../../hal/fault.ts";
import type { Rewrapped } from "../open/age.ts";
import { rewrap } from "../open/open.ts";
import { getSealed } from "../state/api.ts";
import { pointOf } from "./age-key.ts";
import type { Part } from "./parts.ts";
import { pathsOf, prepare, type Prepared } from "./prepare.ts";

export interface Preparation {
  readonly done: number;
  readonly all: number;
  readonly ready: boolean;
  readonly fault: Fault | null;
  readonly prepared: Prepared;
  readonly again: () => void;
}

interface Wanted {
  readonly parts: readonly Part[];
  readonly sealTo: string | null;
  readonly wanted: boolean;
}

interface Progress {
  readonly key: string;
  readonly done: number;
  readonly all: number;
  readonly ready: boolean;
  readonly fault: Fault | null;
}

export function usePreparation({ parts, sealTo, wanted }: Wanted): Preparation {
  const known = useRef<{ readonly sealTo: string; readonly files: Map<string, Rewrapped> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const key = `${attempt} ${sealTo} ${parts.flatMap(pathsOf).join()}`;
  const [progress, setProgress] = useState<Progress>({ key: "", done: 0, all: 0, ready: false, fault: null });
  if (sealTo !== null && known.current?.sealTo !== sealTo) known.current = { sealTo, files: new Map() };
  const files = known.current?.files ?? new Map<string, Rewrapped>();

  useEffect(() => {
    if (!wanted || sealTo === null || parts.length === 0) return;
    const stop = new AbortController();
    const tell = (change: Partial<Progress>): void => {
      if (!stop.signal.aborted) setProgress((before) => ({ ...before, key, ...change }));
    };
    tell({ ready: false, fault: null });
    const point = pointOf(sealTo);
    prepare(parts, {
      known: files,
      signal: stop.signal,
      fetchSealed: getSealed,
      rewrap: (sealed) => rewrap(sealed, point),
      onProgress: (done, all) => tell({ done, all }),
    }).then(
      () => tell({ ready: true }),
      (error: unknown) => tell({ fault: toFault(error) }),
    );
    return () => stop.abort();
  }, [key, wanted]);

  const isNow = progress.key === key;
  return {
    done: isNow ? progress.done : 0,
    all: isNow ? progress.all : 0,
    ready: isNow && progress.ready,
    fault: isNow ? progress.fault : null,
    prepared: files,
    again: () => setAttempt((count) => count + 1),
  };
}
